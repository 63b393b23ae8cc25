/** What can be said of a model's policy: the section of its entry that becomes its ModelPolicy. */
import { z } from "zod";
import { duration } from "./fields.ts";

export const modelPolicyShapes = {
  lifecycle: z.enum(["normal", "utility", "exclusive"]).optional().meta({
    description:
      "`utility`: small, kept beside the big one. `exclusive`: needs the machine to itself. Default: normal.",
  }),
  idleStop: duration().optional().meta({
    description: "Stops after this long without a request; 0 = never. Default: policy.idleStop.",
  }),
  pinned: z.boolean().optional().meta({ description: "Never stopped to make room for another. Default: false." }),
};
