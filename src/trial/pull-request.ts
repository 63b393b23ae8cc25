/** Fills in what a run has proved in the pull-request template's part for models; what it cannot prove stays unticked. */
import { gib } from "../domain/size.ts";
import { type Figures, median, tokenRates } from "./figures.ts";
import type { TrialResult } from "./run-trials.ts";

export interface PullRequestFacts {
  model: string;
  /** The GPU or the host, with its memory. */
  hardware: string;
  /** Licence of the weights, and where they come from; null where nobody has said it. */
  weights: string | null;
  results: TrialResult[];
  figures: Partial<Figures>;
  /** The day of the run. */
  date: string;
}

/** Throws an Error where the template has no part for models, or lacks a line that is to be filled. */
export function filledTemplate(template: string, facts: PullRequestFacts): string {
  const { results, figures } = facts;
  const tools = results.filter(({ trial }) => trial.startsWith("tools/"));
  const context = figures.contextTokens;
  let text = template;
  const fill = (begin: string, isProved: boolean, words: string | null) => {
    const line = text.split("\n").find((each) => each.startsWith(`- [ ] ${begin}`));
    if (line === undefined) throw new Error(`the template has no line "${begin}"`);
    const ticked = isProved ? line.replace("[ ]", "[x]") : line;
    text = text.replace(line, () => (words === null ? ticked : `${ticked} ${words}`));
  };
  fill("Hardware it ran on", true, facts.hardware);
  fill(
    "Tool calling verified",
    tools.length > 0 && tools.every(({ outcome }) => outcome === "passed"),
    tools.length === 0 ? null : `${tools.map(({ trial, outcome }) => `${trial} ${outcome}`).join(", ")}; see below.`,
  );
  const soak = results.find(({ trial }) => trial === "soak");
  fill("Context window reached", soak?.outcome === "passed", context === undefined ? null : `${context}`);
  fill("Memory while loaded", figures.memory !== undefined && figures.loadSeconds !== undefined, measured(figures));
  fill("Licence of the weights", facts.weights !== null, facts.weights);
  return `${text.trimEnd()}\n\n${transcript(facts)}`;
}

function measured({ memory, loadSeconds }: Partial<Figures>): string | null {
  const words = [
    ...(memory === undefined ? [] : [`${gib(memory.restGiB)} loaded, ${gib(memory.peakGiB)} at most`]),
    ...(loadSeconds === undefined ? [] : [`ready after ${loadSeconds.toFixed(1)} s`]),
  ];
  return words.length === 0 ? null : words.join(", ");
}

function transcript({ model, date, results, figures }: PullRequestFacts): string {
  const rows = results.map(({ trial, outcome, says }) => `| \`${trial}\` | ${outcome} | ${cell(says)} |`);
  const proofs = results
    .filter(({ outcome }) => outcome === "failed")
    .map(
      ({ trial, sent, came }) => `${fenced(`${trial}: what was sent`, sent)}\n${fenced(`${trial}: what came`, came)}`,
    );
  const rates = tokenRates(figures.warm ?? []);
  const speed = rates.length === 0 ? "" : `\n${median(rates).toFixed(1)} tokens per second, one stream, warm.\n`;
  return [
    `## \`hearth test ${model}\`, ${date}\n`,
    "| trial | outcome | what was seen |\n|---|---|---|",
    `${rows.join("\n")}\n${speed}`,
    ...proofs,
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function fenced(title: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  // A fence that the text itself cannot close.
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `\n${title}:\n\n${fence}\n${text}\n${fence}\n`;
}
