import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Where one weights file and everything about it lies. */
export interface Places {
  /** The file itself. What bears this name was checked, or was put there by the user and is checked before its use. */
  target: string;
  folder: string;
  /** Lock, partial downloads, stamps. */
  state: string;
}

/** Creates the folders where they are missing. */
export function placesOf(home: string, file: string): Places {
  const folder = join(home, "weights");
  const state = join(folder, ".state", file);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return { target: join(folder, file), folder, state };
}
