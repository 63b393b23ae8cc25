/** `hearth`: how a command line reaches one of the commands. */
import { Command, CommanderError } from "commander";
import { ConfigError } from "../config/issue.ts";
import { Problem } from "../domain/problem.ts";
import { type CliCommand, CliError } from "./command.ts";
import { commands } from "./commands.ts";
import { formatConfigError } from "./config-error.ts";
import { type Io, paint } from "./io.ts";
import { version } from "./version.ts";

const exitCodes = `
Exit codes: 0 done, 1 failed (the reason is on stderr), 2 wrong command line, 130 interrupted.`;

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws. */
export async function runCli(argv: string[], io: Io): Promise<number> {
  let code = 0;
  const program = new Command("hearth")
    .description("Serve large language models from one machine: models start when asked for and stop when idle.")
    .version(version, "-V, --version")
    .showSuggestionAfterError()
    .showHelpAfterError("(add --help for the options)")
    // `models` is a command and a group: options after `models show` are not those of `models`.
    .enablePositionalOptions()
    .addHelpText("after", exitCodes)
    .configureOutput({ writeOut: (text) => io.out.write(text), writeErr: (text) => io.err.write(text) })
    .exitOverride();
  try {
    for (const [name, load] of Object.entries(commands)) {
      if (!wanted(name, argv)) continue;
      addCommand(program, (await load()).command, io, (result) => {
        code = result;
      });
    }
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

/** All commands are loaded for help and for a name that fits none. */
function wanted(name: string, argv: string[]): boolean {
  const first = argv.find((word) => !word.startsWith("-"));
  const known = Object.keys(commands).some((other) => other.split(" ")[0] === first);
  return !known || name.split(" ")[0] === first;
}

const whereServerIs = "the server's configuration, where it was started with one: says where the state directory is";

function addCommand(program: Command, command: CliCommand, io: Io, done: (code: number) => void): void {
  const words = command.name.split(" ");
  const name = words.at(-1)!;
  const parent = words.length === 1 ? program : groupOf(program, words[0]!);
  const sub = parent.command(command.arguments ? `${name} ${command.arguments}` : name).description(command.summary);
  for (const [flags, description, fallback] of command.options ?? []) sub.option(flags, description, fallback);
  if (!sub.options.some(({ long }) => long === "--config")) sub.option("--config <file>", whereServerIs);
  const examples = command.examples.map(([line, explanation]) => `  $ ${line}\n      ${explanation}`).join("\n");
  sub.addHelpText("after", `\nExamples:\n${examples}`);
  sub.action(async () => {
    const args = sub.processedArgs.flat().filter((value): value is string => value !== undefined);
    const { config } = sub.opts<{ config?: string }>();
    const env = config === undefined ? io.env : { ...io.env, HEARTH_CONFIG: config };
    done((await command.run({ args, options: sub.opts(), io: { ...io, env } })) ?? 0);
  });
}

function groupOf(program: Command, name: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program.command(name).description(`manage ${name}`).showSuggestionAfterError()
  );
}

function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (io.signal.aborted) return 130;
  const label = paint(io, "red", "error", "err");
  if (error instanceof ConfigError) {
    io.err.write(`${label}: ${formatConfigError(error, io)}\n`);
    return 1;
  }
  if (error instanceof CliError || error instanceof Problem) {
    io.err.write(`${label}: ${error.message}\n`);
    return error instanceof CliError ? error.exitCode : 1;
  }
  io.err.write(`${label}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
