/** What lies under HEARTH_HOME/weights, beside what the models want there. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelSpec } from "../domain/model.ts";

export interface WeightsFile {
  file: string;
  bytes: number;
  wantedBytes: number | null;
  models: string[];
}

export async function weightsFiles(
  home: string,
  specs: readonly ModelSpec[],
): Promise<{ folder: string; files: WeightsFile[] }> {
  const folder = join(home, "weights");
  const files = new Map<string, WeightsFile>();
  for (const { id, weights } of specs) {
    if (weights === undefined) continue;
    const { file, bytes: wantedBytes } = weights;
    const entry = files.get(file) ?? { file, bytes: 0, wantedBytes, models: [] };
    entry.models.push(id);
    files.set(file, entry);
  }
  for (const { file, bytes } of await filesIn(folder)) {
    const entry = files.get(file);
    if (entry === undefined) files.set(file, { file, bytes, wantedBytes: null, models: [] });
    else entry.bytes = bytes;
  }
  return { folder, files: [...files.values()].sort((a, b) => a.file.localeCompare(b.file)) };
}

async function filesIn(folder: string): Promise<{ file: string; bytes: number }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return await Promise.all(
      files.map(async ({ name }) => ({ file: name, bytes: (await stat(join(folder, name))).size })),
    );
  } catch (error) {
    // Nothing was downloaded yet, or a partial file became whole meanwhile and will be there at the next look.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
