/** `npm run -s simulate`: scheduling policies side by side on recorded-like weeks, in seconds to the first token. */
import { Command, InvalidArgumentError, Option } from "commander";
import { optimumRatios } from "./optimum.ts";
import { type PolicyName, policies, policyNames } from "./policies.ts";
import { type Figures, figuresOf } from "./statistics.ts";
import { table } from "./table.ts";
import { readClairvoyant, readTrace, type TraceName, traceNames } from "./trace.ts";
import { simulate } from "./world.ts";

interface Options {
  trace: TraceName[];
  policy: PolicyName[];
  optimum?: boolean;
  json?: boolean;
}

/** An option that takes names, separated by commas; all of them by default. */
function listOption<T extends string>(flags: string, known: readonly T[]): Option {
  return new Option(flags, `only these, separated by commas: ${known.join(", ")}`)
    .default([...known], "all")
    .argParser((value) =>
      value.split(",").map((name) => {
        const found = known.find((candidate) => candidate === name.trim());
        if (found === undefined) throw new InvalidArgumentError(`"${name}" is none of ${known.join(", ")}.`);
        return found;
      }),
    );
}

const command = new Command("simulate")
  .usage("[options]\n\nWith npm: npm run -s simulate -- --trace home,office --json")
  .description("Plays traces of users through scheduling policies and prints seconds to the first token.")
  .addOption(listOption("--trace <names>", traceNames))
  .addOption(listOption("--policy <names>", policyNames))
  .option("--optimum", "compare the mean wait with the clairvoyant optimum of small traces")
  .option("--json", "print {trace: {policy: {mean, p50, p95, p99, max, swaps}}} for programs")
  .showHelpAfterError("Try npm run -s simulate -- --help.")
  .parse();

const options = command.opts<Options>();
const results: Record<string, Record<string, Figures>> = {};
const gaveUp: Record<string, Record<string, number>> = {};
for (const name of options.trace) {
  const trace = readTrace(name);
  for (const policy of options.policy) {
    progress(`${name}: ${policy}`);
    const outcomes = trace.runs.map((run) => simulate(trace, run.sessions, policies[policy]));
    results[name] = { ...results[name], [policy]: figuresOf(outcomes) };
    const left = outcomes.reduce((sum, outcome) => sum + outcome.gaveUp, 0);
    gaveUp[name] = { ...gaveUp[name], [policy]: left };
  }
}
const ratios = options.optimum ? ratiosOf(options.policy) : null;
progress("");

if (options.json) {
  console.log(JSON.stringify(ratios === null ? results : { ...results, optimum: ratios }));
} else {
  console.log(resultTable());
  if (ratios !== null) console.log(`\nMean wait over the clairvoyant optimum:\n${ratioTable(ratios)}`);
}

/** On a terminal, one line that is overwritten; else nothing, so that logs stay clean. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function resultTable(): string {
  const rows = Object.entries(results).flatMap(([trace, byPolicy]) =>
    Object.entries(byPolicy).map(([policy, figures]) => [
      trace,
      policy,
      ...[figures.mean, figures.p50, figures.p95, figures.p99, figures.max].map((value) => value.toFixed(1)),
      figures.swaps.toFixed(0),
      `${gaveUp[trace]![policy]}`,
    ]),
  );
  return table(["trace", "policy", "mean", "p50", "p95", "p99", "max", "swaps", "gave up"], rows);
}

function ratiosOf(names: PolicyName[]): Record<string, Record<string, number>> {
  const data = readClairvoyant();
  const byTrace: Record<string, Record<string, number>> = {};
  for (const policy of names) {
    progress(`optimum: ${policy}`);
    for (const [trace, ratio] of Object.entries(optimumRatios(data, policies[policy]))) {
      byTrace[trace] = { ...byTrace[trace], [policy]: ratio };
    }
  }
  return byTrace;
}

function ratioTable(byTrace: Record<string, Record<string, number>>): string {
  const rows = Object.entries(byTrace).map(([trace, byPolicy]) => [
    trace,
    ...options.policy.map((policy) => `${byPolicy[policy]!.toFixed(2)}x`),
  ]);
  return table(["small trace", ...options.policy], rows);
}
