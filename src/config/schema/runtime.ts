/** How a model is run: the options of each kind of runtime. A new kind is one more entry of `runtimeKinds`. */
import { z } from "zod";
import { containerOptions } from "./container-runtime.ts";
import { duration, text } from "./fields.ts";

const startTimeout = duration().optional().meta({
  description: "Longest time from start to ready, after which the start has failed. Default: 10m.",
});
const stopGrace = duration().optional().meta({
  description: "From SIGTERM to SIGKILL when it is stopped. Default: 10s.",
});

const serverOptions = {
  command: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({
      description:
        "`process`: program and arguments. `container`: arguments for the image's entry point. `{port}`, `{model}`, " +
        "`{weights}` and `{key}` (which the engine must demand) are filled in, and `{share}`: `memory` as a part of the " +
        "machine's, or of the GPU's for a container that gets one, as `--gpu-memory-utilization` takes it.",
    }),
  env: z.record(z.string(), z.string()).optional().meta({
    description:
      "Environment of the engine; a process also has PATH, HOME, USER, LANG and TZ. The same placeholders work.",
  }),
  healthPath: z
    .string()
    .regex(/^\//, { error: "a path that begins with /" })
    .optional()
    .meta({ description: "Path that answers 200 when the server is up. Default: /health." }),
  servedName: text().optional().meta({
    description: "Id that the engine lists under /v1/models. Default: the model's id.",
  }),
  startTimeout,
  stopGrace,
};

const processOptions = {
  ...serverOptions,
  gpu: containerOptions.gpu,
  cwd: text().optional().meta({ description: "Working directory; relative to the configuration file." }),
};

const embeddedOptions = { startTimeout, stopGrace };

/** Options by kind. Options of the same name mean the same in every kind. */
export const runtimeKinds = {
  process: processOptions,
  embedded: embeddedOptions,
  container: { ...serverOptions, ...containerOptions },
} as const;
export type RuntimeKind = keyof typeof runtimeKinds;

/** All options are optional here, since an entry may override a few; what a kind needs is checked once merged. */
export const runtimeSchema = z
  .strictObject({
    kind: z
      .enum([...(Object.keys(runtimeKinds) as RuntimeKind[]), "docker"])
      .transform((kind) => (kind === "docker" ? "container" : kind))
      .optional()
      .meta({
        description:
          "`process`: any command that serves the OpenAI API. `container`: an image that does; the driver of the " +
          "machine runs it, and `docker` is read as the same. `embedded`: the CPU engine in Hearth.",
      }),
    ...embeddedOptions,
    ...processOptions,
    ...containerOptions,
  })
  .superRefine(({ kind, ...options }, context) => {
    if (kind === undefined) return;
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || name in runtimeKinds[kind]) continue;
      const message = `does not belong to a runtime of kind ${kind}`;
      context.addIssue({ code: "custom", path: [name], message });
    }
  });

export type RuntimeFields = z.output<typeof runtimeSchema>;
