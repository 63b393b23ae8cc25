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
import { wrap } from "../wrap.ts";

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
  const { HEARTH_API_KEY, VLLM_API_KEY, HEARTH_PUBLISH = "127.0.0.1:8009" } = readEnvFile(envFile);
  const told = { HEARTH_API_KEY, VLLM_API_KEY, HEARTH_LISTEN: HEARTH_PUBLISH, HEARTH_HOME: root };
  const env = { ...io.env, ...told, HEARTH_CONFIG: undefined };
  return { cwd: root, env, encodings, deployed: true, ...(existsSync(configFile) ? { file: configFile } : {}) };
}

const colours: Record<Status, Parameters<typeof paint>[1]> = {
  pass: "green",
  warn: "yellow",
  fail: "red",
  skip: "dim",
};

const leastRoom = 40;

function report(checks: Diagnosis[], io: Io): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const indent = " ".repeat("pass".length + 2 + width + 2);
  // In a pipe a finding is one line.
  const room = io.out.isTTY ? Math.max(leastRoom, (io.out.columns ?? 80) - indent.length) : Number.POSITIVE_INFINITY;
  const lines = checks.flatMap(({ check, status, says, mend }) => {
    const [first, ...rest] = wrap(says, room);
    return [
      `${paint(io, colours[status], status)}  ${check.padEnd(width)}  ${first}`,
      ...rest.map((line) => indent + line),
      // Never broken: it is there to be copied.
      ...(mend === undefined ? [] : [`${indent}${paint(io, "bold", `$ ${mend}`)}`]),
    ];
  });
  const count = (wanted: Status) => checks.filter(({ status }) => status === wanted).length;
  const summary = `${count("pass")} pass, ${count("warn")} warn, ${count("fail")} fail, ${count("skip")} skipped.`;
  return `${lines.join("\n")}\n\n${summary}\n`;
}
