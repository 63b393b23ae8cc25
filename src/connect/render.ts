/** A set-up as text to read and to paste. */
import type { Setup } from "./client.ts";
import { mergeSettings } from "./settings/merge.ts";

export interface Rendered {
  /** What each file would hold if there were none yet. */
  files: { path: string; text: string }[];
  /** Lines for a shell. */
  exports: string;
}

export function render({ files, env }: Setup): Rendered {
  return {
    files: files.map((file) => ({ path: file.paths[0], text: mergeSettings(file, null) })),
    exports: Object.entries(env)
      .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
      .join(""),
  };
}

/** For any POSIX shell. */
function quoted(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
