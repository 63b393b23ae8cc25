/** What `hearth test` prints: a table that the terminal holds, the proofs of failures, and what is worse than expected. */
import type { TrialResult, TrialRun } from "../trial/run-trials.ts";
import { type Io, paint } from "./io.ts";
import { duration } from "./words.ts";
import { wrap } from "./wrap.ts";

const colours = { passed: "green", failed: "red", skipped: "dim" } as const;
const usualColumns = 80;
const leastColumns = 40;
/** Of a proof; --json has all of it. */
const longestProof = 600;

export function trialReport({ results }: TrialRun, worse: readonly string[], io: Io): string {
  const columns = Math.max(leastColumns, Math.min(io.out.columns ?? usualColumns, 120));
  const failures = results.filter(({ outcome }) => outcome === "failed");
  const parts = [
    rows(results, columns, io),
    ...failures.map((result) => proof(result, columns)),
    ...(worse.length === 0 ? [] : [listed("Worse than its entry expects:", worse, columns)]),
    summary(results),
  ];
  return parts.join("\n");
}

function rows(results: TrialResult[], columns: number, io: Io): string {
  const cells = results.map(({ trial, outcome, seconds, says }) => ({
    outcome,
    says,
    head: [
      trial,
      outcome,
      seconds === null ? "" : seconds < 10 ? `${seconds.toFixed(1)} s` : duration(seconds),
    ] as const,
  }));
  const title = ["TRIAL", "OUTCOME", "TIME"] as const;
  const widths = title.map((name, column) => Math.max(name.length, ...cells.map(({ head }) => head[column]!.length)));
  const padded = (texts: readonly string[]) => texts.map((text, column) => text.padEnd(widths[column]!)).join("  ");
  const indent = padded(["", "", ""]).length + 2;
  const lines = cells.flatMap(({ outcome, says, head }) => {
    const [first = "", ...rest] = wrap(says, Math.max(20, columns - indent));
    const line = `${padded(head)}  ${first}`.trimEnd();
    return [
      line.replace(` ${outcome} `, ` ${paint(io, colours[outcome], outcome)} `),
      ...rest.map((more) => " ".repeat(indent) + more),
    ];
  });
  return `${`${padded(title)}  WHAT WAS SEEN`}\n${lines.join("\n")}\n`;
}

function proof({ trial, says, sent, came }: TrialResult, columns: number): string {
  const quoted = (value: unknown) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length <= longestProof ? text : `${text.slice(0, longestProof)}… (all of it: --json)`;
  };
  return listed(`${trial}: ${says}`, [`sent: ${quoted(sent)}`, `came: ${quoted(came)}`], columns);
}

function listed(title: string, items: readonly string[], columns: number): string {
  const lines = items.flatMap((item) => cut(item, columns - 2).map((line) => `  ${line}`));
  return `${[...wrap(title, columns), ...lines].join("\n")}\n`;
}

/** JSON has few spaces to be broken at. */
function cut(text: string, width: number): string[] {
  return wrap(text, width).flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "gs")) ?? []);
}

function summary(results: TrialResult[]): string {
  const count = (wanted: TrialResult["outcome"]) => results.filter(({ outcome }) => outcome === wanted).length;
  return `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped.\n`;
}
