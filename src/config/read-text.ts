import { readFileSync } from "node:fs";
import { ConfigError } from "./issue.ts";

/** The text of a file. Throws a ConfigError where it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file." : `cannot be read: ${message}.`;
    throw new ConfigError([{ file, line: 1, column: 1, length: 1, path: "", message: reason }]);
  }
}
