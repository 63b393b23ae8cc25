/**
 * The state directory is its owner's alone: it holds keys. Where it stood open to others until now, somebody may have
 * put symbolic links into it, through which Hearth would write elsewhere: none is followed.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Bits of a mode that concern others than the owner. */
const others = 0o077;

/** Folders whose content Hearth writes. */
const folders = ["run", "logs", "weights"];
const files = /^(?:(?:hearth|journal)\.db(?:-wal|-shm)?|hearth\.(?:lock|pid)|instance)$/;
/** What may lie there beside. A folder with anything else in it may be everybody's, `/var/lib` say: its mode is left alone. */
const beside = /^(?:hearth\.ya?ml|\.env|admin-key|restoring|before-restore-[\w-]+)$/;

/** Makes the home, or makes it private, which `notice` hears of. Throws an Error that says what is in the way. */
export function makePrivate(home: string, notice: (sentence: string) => void): void {
  const stats = made(home);
  if (!stats.isDirectory()) throw unusable(home, "it is no directory");
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && stats.uid !== user) throw unusable(home, "it belongs to another user");
  const own = namesIn(home).every((name) => files.test(name) || beside.test(name) || folders.includes(name));
  const closed = [...(own ? [home] : []), ...written(home)].filter(close);
  if (closed.length > 0) notice(`${closed.join(", ")} could be read by other users of this machine: not any more`);
}

function made(home: string): Stats {
  try {
    makeFolder(home);
    return statSync(home);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw unusable(home, reasons[code] ?? message, error);
  }
}

/** With the folders above it. Not `recursive`: below /proc that tries for ever. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const reasons: Record<string, string> = {
  EACCES: "this user may not make it",
  EPERM: "this user may not make it",
  EROFS: "the file system is read-only",
  ENOENT: "nothing can be made there",
  ENOTDIR: "a file is in its way",
  ENOSPC: "the disk is full",
};

/** What is there of what Hearth writes. Throws where it is a symbolic link. `weights` itself may be one, to another disk. */
function written(home: string): string[] {
  const inside = folders.flatMap((folder) => namesIn(join(home, folder)).map((name) => join(folder, name)));
  const own = namesIn(home).filter((name) => files.test(name) || name === "run" || name === "logs");
  const paths = [...own, ...inside].map((name) => join(home, name));
  const link = paths.find((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink());
  if (link !== undefined) {
    throw new Error(`${link} is a symbolic link. Hearth follows none in its state directory: remove it.`);
  }
  return own.map((name) => join(home, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** True where that changed anything. */
function close(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const target = stats?.isSymbolicLink() ? statSync(path) : stats;
  if (target === undefined || (target.mode & others) === 0) return false;
  chmodSync(path, target.mode & ~others & 0o7777);
  return true;
}

function unusable(home: string, why: string, cause?: unknown): Error {
  return new Error(`The state directory ${home} cannot be used: ${why}. Choose another one with HEARTH_HOME.`, {
    cause,
  });
}
