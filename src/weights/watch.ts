/** How far another process is with its download, read from what it has on disk. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bytesEnding, noteEnding, type PartialNote } from "./partial.ts";

/** Null while it has not begun, or has just ended. */
export function downloadSeen(state: string): { done: number; total: number } | null {
  try {
    const notes = readdirSync(state).filter((name) => name.endsWith(noteEnding));
    const dated = notes.map((name) => ({ name, at: statSync(join(state, name)).mtimeMs }));
    const newest = dated.sort((a, b) => b.at - a.at)[0];
    if (newest === undefined) return null;
    const { total }: PartialNote = JSON.parse(readFileSync(join(state, newest.name), "utf8"));
    const bytes = newest.name.slice(0, -noteEnding.length) + bytesEnding;
    return { done: statSync(join(state, bytes)).size, total };
  } catch {
    // Its files come and go while we look.
    return null;
  }
}
