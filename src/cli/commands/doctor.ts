import { existsSync } from "node:fs";
import { readEnvFile } from "../../config/env-file.ts";
import { absolute } from "../../config/locations.ts";
import type { Status } from "../../doctor/check.ts";
import { type Diagnosis, diagnose } from "../../doctor/doctor.ts";
import { factsFor } from "../../doctor/facts.ts";
import { readSituation, type SituationOptions } from "../../doctor/situation.ts";
import { thisHost } from "../../doctor/this-host.ts";
import { deploymentLayout } from "../../setup/layout.ts";
import type { CliCommand } from "../command.ts";
import { type Io, paint, printJson } from "../io.ts";

export const command: CliCommand = {
  name: "doctor",
  summary: "look at machine, Docker, GPU and configuration, and say what to mend",
  options: [
    ["--config <file>", "the configuration to look at (default: the one that `hearth serve` would read here)"],
    ["--dir <folder>", "a folder with a docker-compose.yml: its .env and its config/hearth.yaml"],
    ["--json", "each check with its status, sentence and command as JSON"],
  ],
  examples: [
    ["hearth doctor", "what is well, what is not, and the command that mends it; changes nothing"],
    ["hearth doctor --dir deploy", "for Hearth as containers"],
    [
      "hearth doctor --json | jq -r '.checks[] | select(.status == \"fail\") | .mend'",
      "for scripts; ends with 1 on a failure",
    ],
  ],
  async run({ options, io }) {
    const where = typeof options.dir === "string" ? deployed(options.dir, io) : { cwd: io.cwd, env: io.env };
    const file = options.config === undefined ? {} : { file: String(options.config) };
    const situation = readSituation({ ...where, ...file });
    const checks = await diagnose(factsFor(thisHost(where.env), situation));
    const healthy = !checks.some(({ status }) => status === "fail");
    if (options.json) printJson(io, { healthy, checks });
    else io.out.write(report(checks, io));
    return healthy ? 0 : 1;
  },
};

/** What the containers of a deployment are told. */
function deployed(folder: string, io: Io): SituationOptions & { env: NodeJS.ProcessEnv } {
  const { root, envFile, configFile, encodings } = deploymentLayout(absolute(folder, io.cwd, io.env));
  const own = readEnvFile(envFile);
  const listen = own.HEARTH_PUBLISH ?? "127.0.0.1:8009";
  const env = { ...own, ...io.env, HEARTH_LISTEN: listen, HEARTH_HOME: root, HEARTH_CONFIG: undefined };
  return { cwd: root, env, encodings, deployed: true, ...(existsSync(configFile) ? { file: configFile } : {}) };
}

const colours: Record<Status, Parameters<typeof paint>[1]> = {
  pass: "green",
  warn: "yellow",
  fail: "red",
  skip: "dim",
};

function report(checks: Diagnosis[], io: Io): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ check, status, says, mend }) => {
    const line = `${paint(io, colours[status], status)}  ${check.padEnd(width)}  ${says}`;
    return mend === undefined ? [line] : [line, `      ${" ".repeat(width)}  ${paint(io, "bold", `$ ${mend}`)}`];
  });
  const count = (wanted: Status) => checks.filter(({ status }) => status === wanted).length;
  const summary = `${count("pass")} pass, ${count("warn")} warn, ${count("fail")} fail, ${count("skip")} skipped.`;
  return `${lines.join("\n")}\n\n${summary}\n`;
}
