/** The configuration as the rest of Hearth sees it: what the schema leaves, and what the schema cannot know. */
import type { z } from "zod";
import type { keySchema } from "./schema/key.ts";
import type { ModelFields } from "./schema/model.ts";
import type { ConfigValues } from "./schema/root.ts";
import type { virtualModelSchema } from "./schema/virtual.ts";

/** After parsing, defaults and environment. Durations are seconds, sizes bytes. */
export interface Config extends Omit<ConfigValues, "home" | "models"> {
  /** Absolute path of the file that was read, or null. */
  file: string | null;
  /** HEARTH_HOME: database, weights, logs. Absolute. */
  home: string;
  /** As written; the catalog resolves them to ModelSpec. Empty = every catalog model that this machine's drivers can run. */
  models: ModelEntry[];
}

export type KeyConfig = z.output<typeof keySchema>;

export type VirtualModelConfig = z.output<typeof virtualModelSchema>;

/** One entry of `models:`: `use` (from the catalog, any field overridden beside it) or written out with `id`. */
export interface ModelEntry {
  use?: string;
  id?: string;
  fields: ModelFields;
  /** Where it stands, for errors that only the catalog can find. */
  at: { file: string; line: number; column: number };
}
