/** The file that keeps what names were resolved to: beside the state, one for all processes that share the home. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isCommit, nothingResolved, type Resolution, type Resolved } from "../domain/resolved.ts";
import { holdLock } from "../file-lock/hold-lock.ts";

const commit = z.string().refine(isCommit, { error: "a commit of 40 hexadecimal digits" });
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: "sha256: and 64 hexadecimal digits" });

function named(value: typeof commit | typeof digest) {
  return z.record(z.string(), z.strictObject({ is: value, since: z.iso.datetime(), before: value.optional() }));
}

const fileSchema = z.strictObject({ commits: named(commit), digests: named(digest) });

/** It says nothing about the model that was to be started: see domain/outside.ts. */
export class UnreadableResolutions extends Error {
  override name = "UnreadableResolutions";
  readonly outside = true;
}

export class ResolvedFile {
  readonly path: string;

  /** `home`: HEARTH_HOME. */
  constructor(home: string) {
    this.path = join(home, "resolved.json");
  }

  /** Nothing where there is no file yet. Throws UnreadableResolutions. */
  async read(): Promise<Resolved> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.path, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return nothingResolved;
      const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      const message =
        `${this.path} cannot be read: ${why}. It keeps which commits and digests this machine runs; ` +
        "move it away to have all of them resolved anew.";
      throw new UnreadableResolutions(message, { cause: error });
    }
  }

  /** What `change` makes of the present state; null = nothing is written. One process after the other. */
  async update(change: (present: Resolved) => Resolved | null): Promise<void> {
    await mkdir(join(this.path, ".."), { recursive: true, mode: 0o700 });
    const lock = await holdLock(`${this.path}.lock`, AbortSignal.timeout(lockMilliseconds), () => {});
    try {
      const changed = change(await this.read());
      if (changed === null) return;
      await writeFile(`${this.path}.new`, `${JSON.stringify(changed, null, 2)}\n`, { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    } finally {
      await lock.release();
    }
  }
}

/** Who has it writes a few lines. */
const lockMilliseconds = 30_000;

/** With one name resolved, and what it was before. */
export function withResolution(
  resolved: Resolved,
  kind: keyof Resolved,
  name: string,
  resolution: Resolution,
): Resolved {
  return { ...resolved, [kind]: { ...resolved[kind], [name]: resolution } };
}
