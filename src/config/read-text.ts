import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { ConfigError } from "./issue.ts";

/** A configuration is written by people. What is longer is another file, or has no end. */
const mostBytes = 256 * 1024;

/** The text of a file. Throws a ConfigError where it cannot be read, or is none that a configuration can be in. */
export function readText(file: string): string {
  try {
    return readRegular(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file." : `cannot be read: ${message.replace(/\.?$/, "")}.`;
    throw new ConfigError([{ file, line: 1, column: 1, length: 1, path: "", message: reason }]);
  }
}

/** Not to be held up by what has no writer: a pipe is opened without waiting, and never read. */
function readRegular(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (fstatSync(descriptor).isDirectory()) throw new Error("it is a directory");
    if (!fstatSync(descriptor).isFile()) throw new Error("it is no regular file but a pipe or a device");
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (length > mostBytes) throw new Error(`it has more than ${mostBytes / 1024} KiB, too much for a configuration`);
    return bytes.toString("utf8", 0, length);
  } finally {
    closeSync(descriptor);
  }
}
