/**
 * An engine writes its log into a file by itself, so that it can outlive Hearth. The file is a ring: bounded by
 * keeping its newest part, read from its end.
 */
import { closeSync, constants, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync } from "node:fs";
import { open, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as pause } from "node:timers/promises";

const largestBytes = 8 * 1024 * 1024;
/** How far back the last lines are looked for. */
const tailBytes = 512 * 1024;
const followMilliseconds = 150;

export function logPath(home: string, model: string): string {
  return join(home, "logs", `${encodeURIComponent(model)}.log`);
}

/** Puts the log of the start before aside as `.1` and opens a fresh one, for appending. The caller closes it. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) renameSync(path, `${path}.1`);
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  return openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
}

/** A flood of 100 MB/s is cut back before it has written this much again. */
const lookMilliseconds = 100;

/**
 * Keeps a log below its limit while an engine writes it, until `signal` aborts: when it has grown past it, its newest
 * half becomes `.1` and the file begins anew. The engine has it open for appending, so it goes on at the new end; what
 * it writes between the two is lost.
 */
export async function boundLog(path: string, signal: AbortSignal, limit = largestBytes): Promise<void> {
  while (!signal.aborted) {
    // No file, no bound: the next look may find one.
    await cutBack(path, limit).catch(() => {});
    await pause(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
  }
  // The last words of an engine may have been many.
  await cutBack(path, limit).catch(() => {});
}

async function cutBack(path: string, limit: number): Promise<void> {
  const { size } = await stat(path);
  if (size <= limit) return;
  const log = await open(path, "r+");
  try {
    const { bytesRead, buffer } = await log.read(Buffer.alloc(limit / 2), 0, limit / 2, size - limit / 2);
    await log.truncate(0);
    await writeFile(`${path}.1`, buffer.subarray(0, bytesRead), { mode: 0o600 });
  } finally {
    await log.close();
  }
}

/** The last lines of a log; none where there is no file. */
export function lastLines(path: string, count: number): { lines: string[]; end: number } {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return { lines: [], end: 0 };
  }
  try {
    const end = fstatSync(fd).size;
    const start = Math.max(0, end - tailBytes);
    const lines = readRange(fd, start, end).toString("utf8").split(lineEnd);
    if (start > 0) lines.shift();
    if (lines.at(-1) === "") lines.pop();
    return { lines: count > 0 ? lines.slice(-count) : [], end };
  } finally {
    closeSync(fd);
  }
}

/** Lines that are written from byte `from` on, until `ended` says that nobody writes any more, or the signal aborts. */
export async function* followLines(
  path: string,
  from: number,
  ended: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let position = from;
  let rest = "";
  while (!signal.aborted) {
    const last = ended();
    const chunk = readFrom(path, position);
    if (chunk === "shrunk") {
      position = 0;
      continue;
    }
    position += chunk.length;
    const lines = (rest + decoder.write(chunk)).split(lineEnd);
    rest = lines.pop()!;
    yield* lines;
    if (last && chunk.length === 0) break;
    if (chunk.length === 0) await pause(followMilliseconds, undefined, { signal }).catch(() => {});
  }
  if (rest !== "" && !signal.aborted) yield rest;
}

/** Progress bars rewrite their line with a bare carriage return. */
const lineEnd = /\r\n|\n|\r/;

function readFrom(path: string, position: number): Buffer | "shrunk" {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const { size } = fstatSync(fd);
    if (size < position) return "shrunk";
    return readRange(fd, position, Math.min(size, position + tailBytes));
  } finally {
    closeSync(fd);
  }
}

function readRange(fd: number, start: number, end: number): Buffer {
  const buffer = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const got = readSync(fd, buffer, filled, buffer.length - filled, start + filled);
    if (got === 0) break;
    filled += got;
  }
  return buffer.subarray(0, filled);
}
