/** Where a command reads and writes: the process's own streams, or a test's. */
import { styleText } from "node:util";

/** What asks a command to come to its end: Ctrl-C, and a service manager's `stop`. */
export const stopSignals = ["SIGINT", "SIGTERM"] as const;

export interface Io {
  in: NodeJS.ReadableStream & { isTTY?: boolean };
  /** The answer: what a script reads. */
  out: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** Progress, hints and errors. */
  err: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Aborted by the first of `stopSignals`. */
  signal: AbortSignal;
  /** For a server: from now on it goes on when nobody reads its output any more. */
  goOnUnread(): void;
}

type Format = Parameters<typeof styleText>[0];

/** Colours only on a terminal; NO_COLOR and FORCE_COLOR are honoured. */
export function colourful(io: Io, stream: "out" | "err"): boolean {
  return io.env.FORCE_COLOR ? true : io[stream].isTTY === true && !io.env.NO_COLOR && io.env.TERM !== "dumb";
}

export function paint(io: Io, format: Format, text: string, stream: "out" | "err" = "out"): string {
  return colourful(io, stream) ? styleText(format, text, { validateStream: false }) : text;
}

/** Columns of a stream: those of its terminal, or what COLUMNS says; without an end in a file or a pipe. */
export function widthOf(io: Io, stream: "out" | "err" = "out"): number {
  if (io[stream].isTTY) return io[stream].columns || 80;
  return Number(io.env.COLUMNS) || Number.POSITIVE_INFINITY;
}

export function printJson(io: Io, value: unknown): void {
  io.out.write(`${JSON.stringify(value, null, 2)}\n`);
}
