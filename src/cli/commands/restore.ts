import { join } from "node:path";
import { loadHome } from "../../config/load-home.ts";
import { absolute } from "../../config/locations.ts";
import { readBackup } from "../../store/backup/read.ts";
import { restoreBackup } from "../../store/backup/restore.ts";
import type { CliCommand } from "../command.ts";
import { inWords } from "../in-words.ts";
import { printJson } from "../io.ts";

export const command: CliCommand = {
  name: "restore",
  arguments: "<file>",
  summary: "put a backup in the place of what is here, which is kept; Hearth must be stopped",
  options: [
    ["--check", "only say whether the backup is whole, and what it holds"],
    ["--json", "what it holds and where the former files are as JSON"],
  ],
  examples: [
    ["hearth restore hearth-2026-11-25.backup --check", "changes nothing"],
    [
      "hearth restore hearth-2026-11-25.backup",
      "what was here goes into a folder before-restore-... of the state directory",
    ],
  ],
  async run({ args: [name], options, io }) {
    const file = absolute(name!, io.cwd, io.env);
    const home = loadHome(io);
    const notice = (sentence: string) => void io.err.write(`${sentence}\n`);
    const found = await inWords(async () =>
      options.check ? { ...readBackup(file), before: null } : await restoreBackup(file, home, notice),
    );
    const { facts, files, keys, before } = found;
    const names = ["hearth.db", ...files.map((one) => one.name)];
    if (options.json) printJson(io, { ...facts, files: names, keys, before });
    else io.out.write(told({ facts, names, keys, before, home, checked: options.check === true }));
    return 0;
  },
};

interface Told {
  facts: ReturnType<typeof readBackup>["facts"];
  names: string[];
  keys: number;
  before: string | null;
  home: string;
  checked: boolean;
}

function told({ facts, names, keys, before, home, checked }: Told): string {
  const { at, version, config } = facts;
  const what = `${names.join(", ")}; ${keys} ${keys === 1 ? "key" : "keys"} made by \`hearth keys create\``;
  const lines = [`Made on ${at} by Hearth ${version}, of ${facts.home}: ${what}.`];
  if (checked) return `${lines[0]}\nIt is whole.\n`;
  lines.push(`Restored to ${home}.`);
  if (before !== null) lines.push(`What was there is in ${before}.`);
  if (config !== "" && config !== join(facts.home, "hearth.yaml")) {
    lines.push(`Its configuration lay at ${config}: it is ${join(home, "hearth.yaml")} now.`);
  }
  return `${lines.join("\n")}\n`;
}
