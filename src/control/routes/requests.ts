import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { count } from "../schema/parameters.ts";

const record = z
  .object({
    id: z.string().meta({ description: "The answer's `x-request-id`." }),
    at: z.number().meta({ description: "When it came. Seconds since the epoch." }),
    key: z.string().nullable().meta({ description: "Name of the key; null where it was refused for want of one." }),
    api: z.string().meta({ description: "The API that the client spoke." }),
    route: z.string(),
    modelAsked: z.string().nullable().meta({ description: "As the client named it, cut to 200 characters." }),
    modelServed: z.string().nullable().meta({ description: "The id of the model that it came to." }),
    status: z.int().meta({ description: "What the client got; 499: it went away." }),
    problem: z.string().nullable().meta({ description: "The code of why it failed, also after its answer had begun." }),
    streaming: z.boolean(),
    waitMs: z.number().nullable().meta({ description: "From its acceptance to its engine; null where it got none." }),
    firstByteMs: z.number().nullable().meta({ description: "From its acceptance to the engine's first byte." }),
    totalMs: z.number().meta({ description: "From its first byte here to its end." }),
    requestBytes: z.int(),
    answerBytes: z.int(),
    caused: z
      .enum(["load", "switch"])
      .nullable()
      .meta({ description: "It started its model, or had another one stopped for it as well." }),
    fixups: z.array(z.string()).meta({ description: "What was corrected, in the request or the answer." }),
  })
  .meta({ id: "RequestRecord" });

export const requestRoutes = ({ requests }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/requests",
    id: "listRequests",
    summary:
      "Requests that are over, the newest first: who asked what, how long it took and how it ended; never content",
    query: z.strictObject({
      limit: count({ most: 1000, usual: 100 }).meta({ description: "At most so many." }),
      key: text().optional().meta({ description: "Of the key of this name only." }),
      model: text().optional().meta({ description: "Of this model only, asked for or served." }),
    }),
    answers: {
      200: {
        description: "The records. They are kept for 90 days, the newest 200,000 of them.",
        schema: z.object({ requests: z.array(record) }),
      },
    },
    run: async ({ query }) => ({ requests: await requests.find(query) }),
  }),
];
