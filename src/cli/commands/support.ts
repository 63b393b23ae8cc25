import { writeFileSync } from "node:fs";
import { absolute } from "../../config/locations.ts";
import { readAdminKey } from "../../control/admin-key.ts";
import { diagnose } from "../../doctor/doctor.ts";
import { factsFor } from "../../doctor/facts.ts";
import { readSituation } from "../../doctor/situation.ts";
import { thisHost } from "../../doctor/this-host.ts";
import { supportFile } from "../../support/gather.ts";
import { type CliCommand, CliError } from "../command.ts";
import { call, runningServer } from "../server-client.ts";
import { version } from "../version.ts";

export const command: CliCommand = {
  name: "support",
  arguments: "[file]",
  summary: "make one file for a bug report: checks, configuration, state and figures, without a prompt or a key",
  options: [["--config <file>", "the configuration to tell of (default: the one that `hearth serve` would read here)"]],
  examples: [
    ["hearth support", "writes hearth-support.json here; read it before you send it"],
    ["hearth support /tmp/report.json", "somewhere else; the server need not run"],
  ],
  async run({ args: [file = "hearth-support.json"], options, io }) {
    const { env, cwd } = io;
    const chosen = options.config === undefined ? {} : { file: String(options.config) };
    const situation = readSituation({ cwd, env, ...chosen });
    const checks = await diagnose(factsFor(thisHost(env), situation));
    const server = runningServer(io);
    const adminKey = readAdminKey(situation.home);
    const text = await supportFile({
      version,
      at: new Date(),
      env,
      config: "faults" in situation.config ? null : situation.config,
      checks,
      secrets: adminKey === null ? [] : [adminKey],
      async ask(path) {
        if (server === null) return null;
        const reply = await call(server, path, { signal: io.signal }).catch(() => null);
        return reply && (await reply.body.text());
      },
    });
    const path = absolute(file, cwd, env);
    try {
      writeFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
    }
    io.out.write(`${path}\n`);
    io.err.write("No prompt, answer or key is in it. Read it before you send it.\n");
    return 0;
  },
};
