import type { ModelSpec } from "./model.ts";

/** A model that the catalog knows, and that is not served here. */
export interface UnservedModel extends Pick<ModelSpec, "id" | "aliases" | "capabilities"> {
  /** A part of a sentence: "it needs an NVIDIA GPU, and there is none here". */
  reason: string;
}
