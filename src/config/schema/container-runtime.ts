/** Options of a model that runs as a container, beside those that every runtime has. */
import { z } from "zod";
import { size, text } from "./fields.ts";

const absolutePath = () => z.string().regex(/^\//, { error: "an absolute path" });

const imageSourceSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("pull") }),
    z.strictObject({
      kind: z.literal("build"),
      context: absolutePath().meta({ description: "Folder that is built." }),
      dockerfile: text().default("Dockerfile").meta({ description: "Path below it." }),
      args: z.record(z.string(), z.string()).default({}).meta({ description: "Build arguments." }),
    }),
    z.strictObject({ kind: z.literal("local") }),
  ])
  .meta({ description: "`pull` it, `build` it, or `local`: made by somebody else. Default: pull." });

/** What can be mounted: a folder or file of the host, or a volume that Docker keeps. */
const mountSchema = z
  .strictObject({
    source: z
      .string()
      .regex(/^(\/|[A-Za-z0-9][A-Za-z0-9_.-]+$)/, { error: "an absolute path of the host, or a volume's name" })
      .meta({ description: "A path of the host, which must exist, or a volume's name." }),
    target: absolutePath().meta({ description: "Where it is inside." }),
    readOnly: z.boolean().default(false).meta({ description: "Whether the engine may only read it." }),
  })
  .transform((mount) => ({ kind: mount.source.startsWith("/") ? ("bind" as const) : ("volume" as const), ...mount }));

const ulimitSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z]+$/, { error: "a limit's name such as memlock, nofile or stack" })
    .meta({
      description: "Which one: memlock, nofile, stack, ...",
    }),
  soft: z.int().min(-1).meta({ description: "-1 = none." }),
  hard: z.int().min(-1).meta({ description: "-1 = none." }),
});

export const containerOptions = {
  image: text().optional().meta({
    description: "Image of the engine, best by digest (`vllm/vllm-openai@sha256:...`): tags move.",
  }),
  imageSource: imageSourceSchema.optional(),
  entrypoint: z.array(z.string()).min(1).optional().meta({
    description: "Replaces the image's entry point. Default: the image's own.",
  }),
  mounts: z.array(mountSchema).optional().meta({ description: "Folders and volumes that the engine sees." }),
  shm: size().optional().meta({ description: "`/dev/shm` of the container. Default: Docker's, 64MiB." }),
  ulimits: z.array(ulimitSchema).optional().meta({ description: "Limits of its processes." }),
  ipc: z.enum(["private", "shareable", "host"]).optional().meta({ description: "IPC namespace. Default: private." }),
  devices: z
    .array(z.string().regex(/^\/dev\//, { error: "a path below /dev" }))
    .optional()
    .meta({ description: "Devices of the host, passed through under the same path. GPUs are `gpu`'s business." }),
  gpu: z
    .union([z.enum(["all", "none"]), z.int().min(0)], { error: "all, none, or a number of GPUs" })
    .optional()
    .meta({
      description:
        "GPUs that it gets, through the NVIDIA container toolkit. Default: all; for a process, which gets what it takes, none: " +
        "with `all` its memory is counted as the GPU's.",
    }),
  user: text().optional().meta({ description: "User inside: `uid`, `uid:gid` or a name. Default: the image's own." }),
  memoryLimit: size().optional().meta({
    description: "Limit on the container's own pages. It does not bound what a GPU driver allocates.",
  }),
  port: z.int().min(1).max(65535).optional().meta({
    description: "Port that the engine listens on, inside. Default: 8000.",
  }),
};
