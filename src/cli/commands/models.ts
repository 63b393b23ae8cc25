import type { CliCommand } from "../command.ts";
import { paint, printJson } from "../io.ts";
import { filterOptions, modelFilter } from "../model-filter.ts";
import { type ListedModel, listModels, listServed } from "../model-list.ts";
import { modelsTable } from "../models-table.ts";
import { placeHere } from "../place-here.ts";
import { servedModels } from "../served-models.ts";
import { columnsOf } from "../sheet.ts";

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
    const place = served === null ? await placeHere(io) : null;
    const listed = (everything ? listModels(served ?? [], place) : listServed(served)).filter(wanted);
    if (options.json) {
      printJson(io, listed);
      return 0;
    }
    const hindered = ({ hindrance }: ListedModel) => Number(hindrance !== null);
    io.out.write(
      modelsTable(
        listed.toSorted((a, b) => hindered(a) - hindered(b)),
        columnsOf(io),
      ),
    );
    const hint = everything ? "Which one? hearth models choose" : "The catalog has more: hearth models --all";
    io.err.write(paint(io, "dim", `${hint}\n`, "err"));
    return 0;
  },
};
