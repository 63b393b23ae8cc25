/** The beginning of a download on disk: survives a kill, and is taken up where it ended. */
import { type FileHandle, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the bytes are the beginning of. */
export interface PartialNote {
  identity: string;
  total: number;
}

export const noteEnding = ".note";
export const bytesEnding = ".bytes";

export class Partial {
  readonly path: string;
  /** Bytes that were there when it was opened. */
  readonly resumedAt: number;
  readonly #file: FileHandle;
  #length: number;

  private constructor(path: string, file: FileHandle, length: number) {
    this.path = path;
    this.resumedAt = length;
    this.#file = file;
    this.#length = length;
  }

  /** Takes up what is there where it belongs to the same content, and begins anew otherwise. */
  static async open(state: string, key: string, note: PartialNote): Promise<Partial> {
    const path = join(state, key + bytesEnding);
    const noteFile = join(state, key + noteEnding);
    const length = await keptLength(path, noteFile, note);
    if (length === 0) await rm(path, { force: true });
    // Also where it says the same already: the newest note tells other processes what is being fetched.
    await writeFile(noteFile, JSON.stringify(note));
    return new Partial(path, await open(path, "a"), length);
  }

  get length(): number {
    return this.#length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, at);
      at += bytesWritten;
      this.#length += bytesWritten;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.path, { force: true });
  }
}

/** Removes every partial of one weights file, whatever source it came from. */
export async function removePartials(state: string): Promise<void> {
  const names = await readdir(state);
  const ours = names.filter((name) => name.endsWith(noteEnding) || name.endsWith(bytesEnding));
  await Promise.all(ours.map((name) => rm(join(state, name), { force: true })));
}

async function keptLength(path: string, noteFile: string, note: PartialNote): Promise<number> {
  try {
    const kept: PartialNote = JSON.parse(await readFile(noteFile, "utf8"));
    const { size } = await stat(path);
    return kept.identity === note.identity && kept.total === note.total && size <= note.total ? size : 0;
  } catch {
    return 0;
  }
}
