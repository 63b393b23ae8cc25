/**
 * HOME/admin-key: the admin key of this installation, made at its first start, for its owner to read. The commands on this
 * machine use it by themselves.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, constants, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileIn = (home: string) => join(home, "admin-key");

/** Its secret, or null where there is none yet. Throws where it may not be read, or is a link to elsewhere. */
export function readAdminKey(home: string): string | null {
  let file: number;
  try {
    file = openSync(fileIn(home), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return readFileSync(file, "utf8").trim() || null;
  } finally {
    closeSync(file);
  }
}

/** The same for a server, which makes one where there is none. `made`: now, for the first time or again. */
export function openAdminKey(home: string): { secret: string; made: boolean } {
  const known = readAdminKey(home);
  if (known !== null) {
    chmodSync(fileIn(home), 0o600);
    return { secret: known, made: false };
  }
  const secret = `sk-hearth-${randomBytes(24).toString("base64url")}`;
  // In one step: a server that is killed meanwhile leaves no half of a key.
  const draft = `${fileIn(home)}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: "wx" });
  renameSync(draft, fileIn(home));
  return { secret, made: true };
}
