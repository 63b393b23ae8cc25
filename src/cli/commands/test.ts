import { worseThan } from "../../trial/compare.ts";
import { runTrials } from "../../trial/run-trials.ts";
import { trialGroups } from "../../trial/trial.ts";
import type { CliCommand } from "../command.ts";
import { printJson } from "../io.ts";
import { findServer } from "../server-client.ts";
import { statusLine } from "../status-line.ts";
import { testedModel } from "../tested-model.ts";
import { writeExpected, writePullRequest } from "../trial-files.ts";
import { trialNames } from "../trial-names.ts";
import { trialReport } from "../trial-report.ts";

export const command: CliCommand = {
  name: "test",
  arguments: "<model>",
  summary: "try everything that a model's entry claims: each API, tools, pictures, its window, speed and memory",
  options: [
    ["--quick", "without what takes minutes: the load, and the prompt that grows to the whole window"],
    ["--only <trials>", `these alone, with commas: ${trialGroups.join(", ")}, or one trial's whole name`],
    ["--json", "results, figures and what is worse than expected as JSON"],
    ["--report <file>", "writes the pull-request template, filled in with what was proved"],
    ["--write", "writes the figures as `expected:` into the model's entry, for later runs to be compared with"],
  ],
  examples: [
    ["hearth test smollm2-135m-instruct --quick", "a table; ends with 1 where something failed that is claimed"],
    ["hearth test gpt-oss-20b", "stops the model first where nobody uses it, to measure how long it loads"],
    ["hearth test gpt-oss-20b --only tools,json", "after a change of its parsers"],
    ["hearth test gpt-oss-20b --report pull-request.md --write", "what a new model of the catalog needs"],
  ],
  async run({ args: [name], options, io }) {
    const only = trialNames(options.only);
    const { id, subject, about } = await testedModel(name!, findServer(io), io);
    const line = statusLine(io);
    const progress = (words: string) => {
      if (!line.rewrite(words) && !options.json) io.err.write(`${words}\n`);
    };
    const wanted = { quick: options.quick === true, only };
    const run = await runTrials({ ...subject, progress }, wanted, io.signal);
    line.clear();
    const passed = !run.results.some(({ outcome }) => outcome === "failed");
    const worse = worseThan(about.expected, run.figures);
    if (options.json) printJson(io, { model: id, passed, ...run, expected: about.expected ?? null, worse });
    else io.out.write(trialReport(run, worse, io));
    if (options.report !== undefined) say(await writePullRequest(String(options.report), about, run, io));
    if (options.write) say(writeExpected(about, run.figures));
    return passed ? 0 : 1;

    function say(file: string): void {
      io.err.write(`Written: ${file}\n`);
    }
  },
};
