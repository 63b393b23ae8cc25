/** What `hearth models` prints: as much of each model as the terminal is wide. */
import type { ListedModel } from "./model-list.ts";
import { table } from "./table.ts";
import { duration, gibibytes } from "./words.ts";

/** Below this there is no room for what a model can do, */
const wideColumns = 132;
/** and below this none for its state. */
const middleColumns = 66;

export function modelsTable(models: readonly ListedModel[], columns: number): string {
  if (columns >= wideColumns) return wide(models, columns);
  if (columns >= middleColumns) return narrow(models, 38, ["state", "memory", "answers"]);
  return narrow(models, 24, ["memory", "answers"]);
}

function wide(models: readonly ListedModel[], columns: number): string {
  const rows = models.map((model) => {
    const { id, context, capabilities, status, statusReason, summary } = model;
    const about =
      status === "validated" || status === "recommended" ? summary : `${status}: ${statusReason ?? summary}`;
    return [
      id,
      stateOf(model),
      String(context),
      gibibytes(model.memoryGiB),
      answers(model),
      capabilities.join(", "),
      about,
    ];
  });
  return cut(table(["model", "state", "context", "memory", "answers", "can", "about"], rows), columns);
}

const cells = {
  state: stateOf,
  memory: ({ memoryGiB }: ListedModel) => gibibytes(memoryGiB),
  answers,
};

/** An id of more than `longest` characters has a line to itself: whole, so that it can be copied. */
function narrow(models: readonly ListedModel[], longest: number, titles: (keyof typeof cells)[]): string {
  const isLong = ({ id }: ListedModel) => id.length > longest;
  const rows = models.map((model) => [isLong(model) ? "" : model.id, ...titles.map((title) => cells[title](model))]);
  const [head, ...lines] = table(["model", ...titles], rows)
    .trimEnd()
    .split("\n");
  const told = lines.flatMap((line, index) => (isLong(models[index]!) ? [models[index]!.id, line] : [line]));
  return `${[head, ...told].join("\n")}\n`;
}

function stateOf({ server, status }: ListedModel): string {
  return server?.state ?? (status === "disabled" ? "disabled" : "-");
}

function answers({ server, catalog, status, hindrance }: ListedModel): string {
  if (status === "disabled") return "never";
  if (hindrance !== null) return "not here";
  if (server?.state === "ready") return "now";
  const seconds = server?.secondsToReady ?? catalog?.loadSeconds ?? 0;
  return `in ${duration(seconds < 60 ? seconds : Math.round(seconds / 60) * 60)}`;
}

function cut(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => (line.length <= columns ? line : `${line.slice(0, columns - 1)}…`))
    .join("\n");
}
