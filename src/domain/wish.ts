import type { Capability } from "./model.ts";
import type { Purpose } from "./purposes.ts";

/** What somebody wants of a model. */
export interface Wish {
  /** Null: whatever comes, which is chat, code and tools. */
  purpose: Purpose | null;
  /** The model may take this much. */
  memoryGiB?: number;
  /** Tokens of prompt and answer together, at least. */
  context?: number;
  /** What the model must be able to do, all of it. */
  needs?: readonly Capability[];
}
