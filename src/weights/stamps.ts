/**
 * Remembers which files were checked, so that tens of GB are not read again at every start of an engine. A stamp holds
 * as long as size, time of change and inode are the same.
 */
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface Stamp {
  sha256: string;
  file: string;
}

export async function isStamped(state: string, path: string, sha256: string): Promise<boolean> {
  const [stamps, file] = await Promise.all([readStamps(state), fingerprint(path)]);
  const stamp = stamps[path];
  return file !== null && stamp?.sha256 === sha256 && stamp.file === file;
}

/** To be called by the holder of the lock only. */
export async function stampFile(state: string, path: string, sha256: string): Promise<void> {
  const file = await fingerprint(path);
  if (file === null) return;
  const stamps = { ...(await readStamps(state)), [path]: { sha256, file } };
  const fresh = `${stampsFile(state)}.new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, JSON.stringify(stamps));
  await rename(fresh, stampsFile(state));
}

/** What was right once is not taken to be so any more. */
export async function forgetStamps(state: string): Promise<void> {
  await rm(stampsFile(state), { force: true });
}

const stampsFile = (state: string) => join(state, "checked.json");

async function readStamps(state: string): Promise<Record<string, Stamp>> {
  try {
    return JSON.parse(await readFile(stampsFile(state), "utf8"));
  } catch {
    // None yet, or cut short by a crash: the file is checked again.
    return {};
  }
}

async function fingerprint(path: string): Promise<string | null> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  } catch {
    return null;
  }
}
