import type { Io } from "./io.ts";

/** One command of `hearth`: a file in commands/ exports one of these, and commands.ts lists it. */
export interface CliCommand {
  /** As in `hearth <name>`, a group's with a space: `keys create`. */
  name: string;
  /** Commander's notation: `<model> [prompt...]`. */
  arguments?: string;
  summary: string;
  /** Flags in commander's notation with what they do and, where there is one, the default. */
  options?: [flags: string, description: string, fallback?: string][];
  /** Command lines with what they do; shown by --help. */
  examples: [line: string, explanation: string][];
  /** The exit code; 0 where nothing is returned. A thrown Problem or CliError is printed and ends with 1. */
  run(call: Call): Promise<number | undefined>;
}

export interface Call {
  args: string[];
  options: Record<string, string | boolean | undefined>;
  io: Io;
}

/** An error for people: what was wrong, and the next command. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}
