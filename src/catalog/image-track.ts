/** Reads catalog/images/<track>/image.yaml: where an engine's image comes from, and how it wants to be started. */
import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type ConfigIssue, pathText } from "../config/issue.ts";
import { duration, size, text } from "../config/schema/fields.ts";
import { readDocument } from "./document.ts";
import { flagsSchema } from "./schema.ts";

/** What the image's entry point leaves to the command. */
const entrySchema = z.enum(["vllm-serve", "vllm", "command", "replaced"]).meta({
  description:
    "`vllm-serve`: the entry point is `vllm serve`. `vllm`: it is `vllm`. `command`: it runs the command that it is " +
    "given. `replaced`: it is not known or does not serve, so ours takes its place.",
});

export const trackSchema = z.strictObject({
  name: text().meta({ description: "Name of the track, and of this folder." }),
  title: text().meta({ description: "One line for people." }),
  engine: z.enum(["vllm", "sglang"]).meta({ description: "The server in it." }),
  version: text().meta({ description: "Its version: a file of catalog/engines." }),
  versionSource: text().meta({ description: "How that is known." }),
  image: text().meta({ description: "Best by digest." }),
  architectures: z
    .array(z.enum(["amd64", "arm64"]))
    .min(1)
    .optional()
    .meta({ description: "Processors that it is made for, where not for both: other machines are told so at once." }),
  source: z.enum(["pull", "build", "local"]).meta({
    description: "`pull`: from its registry. `build`: from the Dockerfile here. `local`: made by somebody else's tool.",
  }),
  build: z
    .strictObject({
      dockerfile: text(),
      base: text().meta({ description: "What it is built upon." }),
      args: z.record(z.string(), z.string()).optional().meta({ description: "Build arguments." }),
      minutes: z.strictObject({ from: z.int().min(1), to: z.int().min(1), source: text() }).optional(),
    })
    .optional(),
  registryLogin: text().optional().meta({ description: "Registry that wants `docker login` before the pull." }),
  entry: entrySchema,
  extraFlags: z.array(text()).optional().meta({ description: "Flags that only this build knows." }),
  extraValues: z.record(z.string(), z.array(text())).optional().meta({
    description: "What flags take that only this build knows, by flag.",
  }),
  extraEnv: z.array(text()).optional().meta({ description: "Variables that only this build reads." }),
  flags: flagsSchema.optional().meta({ description: "Flags of every model on this track." }),
  env: z.record(z.string(), z.string()).optional().meta({ description: "Environment of every model on this track." }),
  shm: size(),
  startTimeout: duration(),
  license: text(),
  notes: z.array(text()).optional(),
});

export interface ImageTrack extends z.output<typeof trackSchema> {
  /** Absolute path of its folder: the context of a build. */
  folder: string;
}

/** The image tracks that come with Hearth. */
export const imagesFolder = fileURLToPath(new URL("../../catalog/images", import.meta.url));

/** Every track below the folder, by name; faults are added to `issues`. */
export function readTracks(folder: string, issues: ConfigIssue[]): ReadonlyMap<string, ImageTrack> {
  const tracks = new Map<string, ImageTrack>();
  for (const name of globSync("*/image.yaml", { cwd: folder }).sort()) {
    const file = join(folder, name);
    const document = readDocument(file, trackSchema, issues);
    if (document === null) continue;
    const { data, source } = document;
    const wanted = basename(dirname(file));
    if (data.name !== wanted) {
      const message = `the folder is named ${wanted}, so its name is ${JSON.stringify(wanted)}.`;
      issues.push({ ...source.locate(["name"]), path: pathText(["name"]), message });
      continue;
    }
    tracks.set(data.name, { ...data, folder: dirname(file) });
  }
  return tracks;
}
