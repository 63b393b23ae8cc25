/** Merges settings into files, with a copy of what was there. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { SettingsFault, type SettingsFile } from "./settings/file.ts";
import { mergeSettings } from "./settings/merge.ts";

export interface Written {
  path: string;
  status: "created" | "changed" | "unchanged";
  /** Null where there was nothing to keep. */
  backup: string | null;
}

/** A file that cannot be merged into, for people. */
export class ConnectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConnectError";
  }
}

export interface PlannedFile {
  path: string;
  /** Null where there is no file yet. */
  before: string | null;
  after: string;
}

/** What would be written. Throws a ConnectError that names the place where a file cannot be merged into. */
export function planSettings(files: SettingsFile[]): PlannedFile[] {
  return files.map((file) => {
    const path = file.paths.find((candidate) => existsSync(candidate)) ?? file.paths[0];
    const before = existsSync(path) ? readFileSync(path, "utf8") : null;
    return { path, before, after: merged(file, path, before) };
  });
}

/** All of the files or, where one cannot be merged into, none. */
export function writeSettings(files: SettingsFile[], now: Date): Written[] {
  return planSettings(files).map(({ path, before, after }) => {
    if (before === after) return { path, status: "unchanged", backup: null };
    const backup = before === null ? null : keep(path, now);
    replace(path, after);
    return { path, status: before === null ? "created" : "changed", backup };
  });
}

function merged(file: SettingsFile, path: string, before: string | null): string {
  try {
    return mergeSettings(file, before);
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    const place = error.line === null ? path : `${path}:${error.line}:${error.column}`;
    throw new ConnectError(`${place}: ${error.message} Nothing was written; mend or move the file, then try again.`);
  }
}

function keep(path: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\..*/g, "");
  const backup = `${path}.bak-${stamp}`;
  copyFileSync(path, backup);
  return backup;
}

/**
 * At once, so that a client never reads half a file; where it is a link, in the place that it names. A new file is for
 * its owner alone: it holds a key.
 */
function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = existsSync(path) ? realpathSync(path) : path;
  const fresh = `${target}.hearth-${process.pid}`;
  writeFileSync(fresh, text, { mode: 0o600 });
  if (existsSync(target)) chmodSync(fresh, statSync(target).mode);
  renameSync(fresh, target);
}
