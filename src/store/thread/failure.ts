/** What SQLite's result codes mean to whoever runs Hearth. https://www.sqlite.org/rescode.html */
interface Meaning {
  remedy: string;
  /** It may be over by itself, so what could not be written is tried again. */
  passes: boolean;
}

const meanings: Record<number, Meaning> = {
  5: {
    remedy: "Another program holds it locked. Stop that program (a backup, a database browser) and try again.",
    passes: true,
  },
  8: { remedy: "It cannot be written. Check who owns the file and its directory.", passes: true },
  10: { remedy: "The disk reported an error. Check the disk, then start again.", passes: true },
  11: {
    remedy: "It is damaged. Move it away (keys, load history and journal start afresh) or put a backup in its place.",
    passes: false,
  },
  13: { remedy: "The disk is full. Make room.", passes: true },
  14: { remedy: "It cannot be opened. Check that the directory exists and who owns it.", passes: true },
  26: {
    remedy:
      "It is not a database, or it is damaged. Move it away (keys, load history and journal start afresh) or put a " +
      "backup in its place.",
    passes: false,
  },
};

const unknown: Meaning = { remedy: "See the message of SQLite.", passes: false };

/** A database that cannot be used: which one, why, and what to do. */
export class StoreFailure extends Error {
  readonly remedy: string;
  readonly passes: boolean;
  /** What is in the file cannot be read any more, or never was a database. */
  readonly damaged: boolean;

  constructor(file: string, detail: string, { cause, remedy = "", passes = false, damaged = false }: Details = {}) {
    super(`Hearth's database ${file} cannot be used: ${[detail, remedy].filter(Boolean).join(" ")}`, { cause });
    this.name = "StoreFailure";
    this.remedy = remedy;
    this.passes = passes;
    this.damaged = damaged;
  }
}

interface Details extends Partial<Meaning> {
  cause?: unknown;
  damaged?: boolean;
}

/** Runs `work`, and turns what SQLite throws into a StoreFailure. */
export function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const errcode = (error as { errcode?: unknown }).errcode;
    if (typeof errcode !== "number") throw error;
    // The low byte is the primary code; the rest refines it.
    const code = errcode & 0xff;
    const damaged = code === 11 || code === 26;
    const details = { ...(meanings[code] ?? unknown), damaged, cause: error };
    throw new StoreFailure(file, `${(error as Error).message}.`, details);
  }
}
