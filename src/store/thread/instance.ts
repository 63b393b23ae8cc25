/**
 * The name of a home among others on the machine. A file of its own: engines carry it, and those of an earlier run must
 * be known again when the database is lost.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivately } from "./private-file.ts";

/** Made where there is none. */
export function instanceIn(home: string): string {
  const file = join(home, "instance");
  const known = readInstance(file);
  if (known !== null) return known;
  const made = randomBytes(8).toString("hex");
  writePrivately(file, `${made}\n`);
  return made;
}

/** Null where there is none, or a power cut has left half of it. */
function readInstance(file: string): string | null {
  try {
    return /^([0-9a-f]{16})\n$/.exec(readFileSync(file, "utf8"))?.[1] ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
