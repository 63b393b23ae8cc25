import type { CliCommand } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { filterOptions, modelFilter } from "../model-filter.ts";
import { type ListedModel, listModels, listServed } from "../model-list.ts";
import { servedModels } from "../served-models.ts";
import { table } from "../table.ts";
import { duration, gibibytes } from "../words.ts";

export const command: CliCommand = {
  name: "models",
  summary: "list the models that the running server offers, or the catalog",
  options: [
    ["--all", "the catalog's other models too"],
    ...filterOptions,
    ["--json", "all models, with everything that is known of each, as JSON"],
  ],
  examples: [
    ["hearth models", "ids, state, context, memory and how long each takes until it answers"],
    ["hearth models --all --can tools,vision --max-memory 60GiB", "what fits a wish"],
    ["hearth models choose --for coding", "the best for a purpose, with reasons"],
    ["hearth models show gpt-oss-20b", "everything that is known of one"],
    ["hearth models --json", "for scripts"],
  ],
  async run({ options, io }) {
    const wanted = modelFilter(options);
    const served = await servedModels(io);
    const everything = options.json === true || options.all === true || served === null;
    const listed = (everything ? listModels(served ?? []) : listServed(served)).filter(wanted);
    if (options.json) {
      printJson(io, listed);
      return 0;
    }
    io.out.write(table(["model", "state", "context", "memory", "answers", "can", "about"], listed.map(row)));
    if (!everything) io.err.write(paint(io, "dim", "The catalog has more: hearth models --all\n", "err"));
    return 0;
  },
};

function row({ id, server, catalog, context, memoryGiB, capabilities, status, statusReason, summary }: ListedModel) {
  const seconds = server?.secondsToReady ?? catalog?.loadSeconds ?? 0;
  return [
    id,
    server?.state ?? "-",
    String(context),
    gibibytes(memoryGiB),
    server?.state === "ready" ? "now" : `in about ${duration(seconds)}`,
    capabilities.join(", "),
    status === "validated" || status === "recommended" ? summary : `${status}: ${statusReason ?? summary}`,
  ];
}
