/** HOME/run/server.json: how commands on this machine find the running server. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface ServerFile {
  /** `http://127.0.0.1:8009`. */
  origin: string;
  pid: number;
}

const pathIn = (home: string) => join(home, "run", "server.json");

/** Readable by its owner alone. */
export function writeServerFile(home: string, file: ServerFile): void {
  const path = pathIn(home);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(file)}\n`, { mode: 0o600, flag: "wx" });
}

/** What the running server wrote, or null where none is alive. */
export function readServerFile(home: string): ServerFile | null {
  try {
    const file = JSON.parse(readFileSync(pathIn(home), "utf8")) as ServerFile;
    process.kill(file.pid, 0);
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Called at an orderly stop. */
export function removeServerFile(home: string): void {
  rmSync(pathIn(home), { force: true });
}
