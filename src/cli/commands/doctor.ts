import type { Status } from "../../doctor/check.ts";
import { type Diagnosis, diagnose } from "../../doctor/doctor.ts";
import { factsFor } from "../../doctor/facts.ts";
import { readSituation } from "../../doctor/situation.ts";
import { thisHost } from "../../doctor/this-host.ts";
import type { CliCommand } from "../command.ts";
import { type Io, paint, printJson } from "../io.ts";

export const command: CliCommand = {
  name: "doctor",
  summary: "look at machine, Docker, GPU and configuration, and say what to mend",
  options: [
    ["--config <file>", "the configuration to look at (default: the one that `hearth serve` would read here)"],
    ["--json", "each check with its status, sentence and command as JSON"],
  ],
  examples: [
    ["hearth doctor", "what is well, what is not, and the command that mends it; changes nothing"],
    [
      "hearth doctor --json | jq -r '.checks[] | select(.status == \"fail\") | .mend'",
      "for scripts; ends with 1 on a failure",
    ],
  ],
  async run({ options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    const situation = readSituation({ cwd: io.cwd, env: io.env, file });
    const checks = await diagnose(factsFor(thisHost(io.env), situation));
    const healthy = !checks.some(({ status }) => status === "fail");
    if (options.json) printJson(io, { healthy, checks });
    else io.out.write(report(checks, io));
    return healthy ? 0 : 1;
  },
};

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
