/** What lies under HEARTH_HOME/weights: looked at, removed. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { WeightsSpec } from "../domain/model.ts";
import { bytesEnding } from "./partial.ts";

export interface KeptFile {
  file: string;
  bytes: number;
  whole: boolean;
  /** Seconds since the epoch. */
  changedAt: number;
}

/** Whole files and the beginnings of downloads, by name. */
export async function keptFiles(home: string): Promise<KeptFile[]> {
  const folder = weightsFolder(home);
  const whole = await filesIn(folder);
  const begun = await Promise.all(
    (await foldersIn(join(folder, ".state"))).map(async (file) => {
      const parts = await filesIn(join(folder, ".state", file));
      const newest = parts.filter(({ name }) => name.endsWith(bytesEnding)).sort((a, b) => b.bytes - a.bytes)[0];
      return newest === undefined ? [] : [{ ...newest, name: file }];
    }),
  );
  const kept = new Map<string, KeptFile>();
  for (const { name: file, ...facts } of begun.flat()) kept.set(file, { file, whole: false, ...facts });
  for (const { name: file, ...facts } of whole) kept.set(file, { file, whole: true, ...facts });
  return [...kept.values()].sort((a, b) => a.file.localeCompare(b.file));
}

/** Where the file lies: under its own name, or where the user has it. Null where it does not. */
export async function keptPath({ file, sources }: WeightsSpec, home: string): Promise<string | null> {
  const own = sources.flatMap((source) => (source.kind === "file" ? [source.path] : []));
  for (const path of [join(weightsFolder(home), file), ...own]) {
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) return path;
  }
  return null;
}

/** With everything that is known of it, a download that was begun too. */
export async function removeFile(home: string, file: string): Promise<void> {
  const folder = weightsFolder(home);
  await rm(join(folder, file), { force: true });
  await rm(join(folder, ".state", file), { recursive: true, force: true });
}

export function weightsFolder(home: string): string {
  return join(home, "weights");
}

async function filesIn(folder: string): Promise<{ name: string; bytes: number; changedAt: number }[]> {
  const entries = await entriesOf(folder);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name }) => {
        // One that became whole meanwhile has another name by now.
        const facts = await stat(join(folder, name)).catch(() => null);
        return facts === null ? [] : [{ name, bytes: facts.size, changedAt: facts.mtimeMs / 1000 }];
      }),
  );
  return found.flat();
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
