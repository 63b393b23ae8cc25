/** What llama.cpp's server says of its model at `GET /props`: clients read the window and the abilities. */
import { Problem } from "../../../domain/problem.ts";
import type { ListedModel } from "../../models/listed-models.ts";

/**
 * `named`: as its router has it, in the query; else one that is loaded is meant, else the first. Throws a Problem
 * (`model_not_found`) where there is none.
 */
export function llamaProps(
  named: string | null,
  models: () => ListedModel[],
  listed: (name: string) => ListedModel,
): Record<string, unknown> {
  const model = named === null ? meant(models()) : listed(named);
  const { id, context, concurrency, capabilities } = model;
  return {
    default_generation_settings: { n_ctx: context, params: {} },
    total_slots: concurrency,
    model_alias: id,
    model_path: id,
    modalities: { vision: capabilities.includes("vision"), audio: capabilities.includes("audio") },
    chat_template: "",
    build_info: "hearth",
  };
}

function meant(models: ListedModel[]): ListedModel {
  const found = models.find(({ state }) => state === "ready") ?? models[0];
  if (found !== undefined) return found;
  throw new Problem("model_not_found", "There is no model here for this key. GET /v1/models lists what there is.");
}
