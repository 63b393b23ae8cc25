/** When models start, stop and make room for each other. */
import { z } from "zod";
import { duration } from "./fields.ts";

export const policySchema = z.strictObject({
  eagerness: z.enum(["eager", "balanced", "sticky"]).prefault("balanced").meta({
    description: "How soon a waiting model takes the place of the running one: `eager` switches most, `sticky` least.",
  }),
  idleStop: duration().prefault("20m").meta({
    description: "A model stops after this long without a request, counted from the end of the last one. 0 = never.",
  }),
  hold: z
    .strictObject({
      streaming: duration().prefault("30m").meta({
        description: "How long a streaming request waits for its model, comment lines telling its place and progress.",
      }),
      buffered: duration().prefault("240s").meta({
        description: "How long any other request waits before 503 `model_loading`; the load goes on.",
      }),
    })
    .prefault({})
    .meta({ description: "How long requests are held." }),
  whenBusy: z.enum(["hold", "reject"]).prefault("hold").meta({
    description: "`hold`: a request waits for its model. `reject`: 429 at once with what runs and until when.",
  }),
  showWaiting: z.enum(["comment", "thinking"]).prefault("comment").meta({
    description:
      "How a streamed chat tells of its wait. `comment`: in lines that programs can read and clients skip. `thinking`: as thoughts of the model, which most clients show, and which become a part of the answer.",
  }),
  fallback: z.enum(["none", "larger"]).prefault("none").meta({
    description:
      "Where a prompt certainly exceeds a model's context. `none`: it is refused with the models that would take it. `larger`: the one of them that is ready soonest answers instead, and `x-hearth-fallback` says so.",
  }),
  maxWait: duration().prefault("15m").meta({
    description:
      "A request that would probably wait longer than this is refused at once with 429 and Retry-After. Answers count as far as this machine has measured how long they take.",
  }),
  drain: duration().prefault("10m").meta({
    description: "A switch waits this long for running answers, then ends them with an error.",
  }),
  stopGrace: duration().prefault("30s").meta({
    description:
      "When Hearth is told to stop, running answers have so long to finish; nothing new is taken meanwhile. A second signal ends at once.",
  }),
  stall: duration().prefault("2m").meta({
    description: "After this long without a byte the engine is asked for a token; if it gives none it is restarted.",
  }),
  silence: duration()
    .prefault("10m")
    .refine((seconds) => seconds > 0, { error: "Expected longer than 0." })
    .meta({
      description:
        "A request whose answer gives no byte for this long is ended with `engine_stalled`, however well the engine answers others; a stream that somebody waits behind after a third of it, yet not before two minutes. Answers that are not streamed are silent until their end: they go on while the engine is seen to work, up to seven times as long.",
    }),
});
