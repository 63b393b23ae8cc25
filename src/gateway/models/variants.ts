/** Models under parameters of their own: `model:variant`, served by the same engine. */
import { variantName, variantOf } from "../../domain/request-parameters.ts";
import type { ModelView } from "../../link/link.ts";

/** A name without the tag that Ollama's clients put behind every one. */
export function untagged(name: string): string {
  return name.replace(/:latest$/, "");
}

/** The variant of `model` that was asked for as `name`; null where it is the model itself. */
export function variantAsked(model: ModelView, name: string): string | null {
  return variantOf(model, name) ?? variantOf(model, untagged(name));
}

/** Each variant of a model as a model of its own. */
export function variantsOf(model: ModelView): ModelView[] {
  return Object.entries(model.parameters.variants).map(([variant, values]) => ({
    ...model,
    id: variantName(model.id, variant),
    aliases: model.aliases.map((alias) => variantName(alias, variant)),
    summary: `${model.summary} (${Object.entries(values).map(said).join(", ")})`,
  }));
}

function said([name, value]: [string, unknown]): string {
  return `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
}
