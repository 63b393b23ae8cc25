import { createInterface } from "node:readline/promises";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";

/** Asks for a yes. Throws a CliError where it is not given, or where nobody can be asked: `--yes` says it ahead. */
export async function agree(question: string, io: Io): Promise<void> {
  if (!io.in.isTTY) throw new CliError(`${question} Say so with --yes.`, 2);
  const terminal = createInterface({ input: io.in, output: io.err });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: io.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("Nothing was removed.");
  } finally {
    terminal.close();
  }
}
