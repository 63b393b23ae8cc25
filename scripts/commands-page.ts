// The text of docs/commands.md, made from the commands themselves.
import type { CliCommand } from "../src/cli/command.ts";
import { commands } from "../src/cli/commands.ts";

const all = await Promise.all(Object.values(commands).map(async (load) => (await load()).command));

export function commandsPage(): string {
  const rows = all.map(
    ({ name, summary }) => `| [\`hearth ${name}\`](#hearth-${name.replace(" ", "-")}) | ${summary} |`,
  );
  return `<!-- Made by \`npm run generate\` from src/cli/commands; edit those. -->
# Commands

\`hearth <command> --help\` says the same. Every command also takes \`--config <file>\`: the server's configuration, where it was
started with one, which says where the state directory is. Answers go to stdout, progress and errors to stderr.
It ends with 0 when it is done, 1 when it failed (the reason is on stderr), 2 for a wrong command line and 130 when it was interrupted.

| command | what |
|---|---|
${rows.join("\n")}

${all.map(section).join("\n\n")}
`;
}

function section({ name, summary, examples, options = [], ...command }: CliCommand): string {
  const usage = ["hearth", name, ...(command.arguments === undefined ? [] : [command.arguments])].join(" ");
  const lines = examples.map(([line, explanation]) => `# ${explanation}\n${line}`);
  return [
    `## hearth ${name}`,
    `\`${usage}\`: ${summary}.`,
    ...(options.length === 0 ? [] : [optionTable(options)]),
    `\`\`\`sh\n${lines.join("\n")}\n\`\`\``,
  ].join("\n\n");
}

function optionTable(options: NonNullable<CliCommand["options"]>): string {
  const rows = options.map(([flags, what, fallback]) => {
    const usual = fallback === undefined ? "" : ` (default: ${fallback})`;
    return `| \`${flags}\` | ${what.replaceAll("|", "\\|")}${usual} |`;
  });
  return `| option | what |\n|---|---|\n${rows.join("\n")}`;
}
