import { z } from "zod";

export const openRequest = z
  .object({
    id: z.string().meta({ description: "The answer's `x-request-id`." }),
    key: z.string(),
    model: z.string(),
    since: z.number().meta({ description: "When it came. Seconds since the epoch." }),
    state: z.enum(["waiting", "answering"]),
    place: z.number().meta({ description: "In the queue; 0 where it waits for no other." }),
    phase: z.string().meta({ description: "For people: what it waits for." }),
    percent: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .meta({ id: "OpenRequest" });
