/** What set-up has made, kept beside it: the only things that undoing may take away. */
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const madeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("folder"), path: z.string() }),
  /** `sha256`: as it was written. Whoever has changed it since owns it. */
  z.strictObject({ kind: z.literal("file"), path: z.string(), sha256: z.string() }),
  /** Holds keys: taken away when that is asked for by name. */
  z.strictObject({ kind: z.literal("keys"), path: z.string() }),
  z.strictObject({ kind: z.literal("weights"), path: z.string() }),
  z.strictObject({ kind: z.literal("image"), name: z.string() }),
]);

export type Made = z.output<typeof madeSchema>;

const manifestSchema = z.strictObject({ made: z.array(madeSchema) });

export class Manifest {
  readonly #file: string;
  #made: Made[];

  /** Throws where the file is not one of ours. */
  constructor(file: string) {
    this.#file = file;
    this.#made = read(file);
  }

  get made(): readonly Made[] {
    return this.#made;
  }

  /** Written at once: an interrupted set-up can be undone too. */
  add(made: Made): void {
    this.#write([...this.#made.filter((other) => nameOf(other) !== nameOf(made)), made]);
  }

  remove(made: Made): void {
    this.#write(this.#made.filter((other) => nameOf(other) !== nameOf(made)));
  }

  #write(made: Made[]): void {
    this.#made = made;
    if (made.length === 0) {
      rmSync(this.#file, { force: true });
      return;
    }
    writeFileSync(`${this.#file}.new`, `${JSON.stringify({ made }, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

export function nameOf(made: Made): string {
  return made.kind === "image" ? made.name : made.path;
}

export function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function read(file: string): Made[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text)).made;
  } catch (error) {
    throw new Error(`${file} cannot be read as what set-up has made. Move it away to begin anew.`, { cause: error });
  }
}
