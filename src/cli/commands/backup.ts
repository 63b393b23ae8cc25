import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { loadHome } from "../../config/load-home.ts";
import { absolute, findConfigFile } from "../../config/locations.ts";
import { type BackupOrder, makeBackup } from "../../store/backup/make.ts";
import type { CliCommand } from "../command.ts";
import { inWords } from "../in-words.ts";
import { type Io, printJson } from "../io.ts";
import { version } from "../version.ts";

export const command: CliCommand = {
  name: "backup",
  arguments: "[file]",
  summary: "write keys, usage, configuration and history into one file, also while Hearth runs; no weights",
  options: [["--json", "what it holds as JSON"]],
  examples: [
    ["hearth backup", "into hearth-<date>.backup here; it holds keys, so keep it as you keep them"],
    ["hearth backup - | ssh nas 'cat > hearth.backup'", "to another machine"],
    ["hearth restore hearth-2026-11-25.backup", "the way back"],
  ],
  async run({ args: [file], options, io }) {
    const order = { home: loadHome(io), configFile: findConfigFile(io), version };
    if (file === "-") {
      await toStandardOutput(order, io);
      return 0;
    }
    const target = absolute(file ?? `hearth-${stamp(new Date())}.backup`, io.cwd, io.env);
    const facts = await inWords(() => makeBackup(order, target));
    const { size } = statSync(target);
    if (options.json) printJson(io, { file: target, bytes: size, ...facts });
    else
      io.out.write(
        `${target}: ${(size / 1e6).toFixed(1)} MB, for its owner alone. It holds keys; weights it does not.\n`,
      );
    return 0;
  },
};

/** Down to the second: no two in a row have one name. */
function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
}

async function toStandardOutput(order: BackupOrder, io: Io): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hearth-backup-"));
  try {
    const file = join(folder, "backup");
    await inWords(() => makeBackup(order, file));
    await pipeline(createReadStream(file), io.out, { end: false });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
