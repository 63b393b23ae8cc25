/** What SQLite's result codes mean to whoever runs Hearth. https://www.sqlite.org/rescode.html */
const remedies: Record<number, string> = {
  5: "Another program holds it locked. Stop that program (a backup, a database browser, another Hearth) and try again.",
  8: "It cannot be written. Check who owns the file and its directory.",
  10: "The disk reported an error. Check the disk, then start again.",
  11: "It is damaged. Move it away (keys, load history and journal start afresh) or put a backup in its place.",
  13: "The disk is full. Make room, then start again.",
  14: "It cannot be opened. Check that the directory exists and who owns it.",
  26: "It is not a database, or it is damaged. Move it away (keys, load history and journal start afresh) or put a backup in its place.",
};

/** A database that cannot be used: which one, why, and what to do. */
export class StoreFailure extends Error {
  readonly file: string;

  constructor(file: string, detail: string, cause?: unknown) {
    super(`Hearth's database ${file} cannot be used: ${detail}`, { cause });
    this.name = "StoreFailure";
    this.file = file;
  }

  /** What is in the file cannot be read any more, or never was a database. */
  get damaged(): boolean {
    const { errcode } = (this.cause ?? {}) as { errcode?: number };
    return errcode !== undefined && [11, 26].includes(errcode & 0xff);
  }
}

/** Runs `work`, and turns what SQLite throws into a StoreFailure. */
export function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const errcode = (error as { errcode?: unknown }).errcode;
    if (typeof errcode !== "number") throw error;
    // The low byte is the primary code; the rest refines it.
    const remedy = remedies[errcode & 0xff] ?? "See the message of SQLite.";
    throw new StoreFailure(file, `${(error as Error).message}. ${remedy}`, error);
  }
}
