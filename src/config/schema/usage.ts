/** Records of requests, and what the machine's time costs. */
import { z } from "zod";
import { duration, text } from "./fields.ts";

export const usageSchema = z.strictObject({
  keep: duration().prefault("90d").meta({
    description:
      "How long one record a request is kept, the newest million at most. What they come to by day, key and model stays. No record ever holds what was asked or answered.",
  }),
  watts: z.number().min(0).prefault(0).meta({
    description: "What the machine takes from the wall while an engine works, in watts. 0: energy is not reckoned.",
  }),
  price: z.number().min(0).prefault(0).meta({ description: "Of one kilowatt-hour. 0: money is not reckoned." }),
  currency: text().prefault("EUR").meta({ description: "Of the price." }),
});
