/** The two files with which gpt-oss models read their prompts. Checksums as the tiktoken library demands them. */

import type { ModelSpec } from "../domain/model.ts";
import type { ImageTrack } from "./image-track.ts";

export interface TokenizerFile {
  name: string;
  sha256: string;
}

export const tokenizerFiles: readonly TokenizerFile[] = [
  { name: "o200k_base.tiktoken", sha256: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d" },
  { name: "cl100k_base.tiktoken", sha256: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7" },
];

export const tokenizersUrl = "https://openaipublic.blob.core.windows.net/encodings";

/** Where engines look for them, in the images of the catalog too. */
export const encodingsVariable = "TIKTOKEN_ENCODINGS_BASE";
export const encodingsTarget = "/opt/encodings";

export function readsTokenizers({ id, aliases }: ModelSpec): boolean {
  return [id, ...aliases].some((name) => name.includes("gpt-oss"));
}

/** Whether the model's image has them already: then its track says where. */
export function bringsTokenizers({ runtime }: ModelSpec, tracks: readonly ImageTrack[]): boolean {
  if (runtime.kind !== "container") return false;
  return tracks.some(({ image, env }) => image === runtime.image && env?.[encodingsVariable] !== undefined);
}
