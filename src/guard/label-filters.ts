import { containerLabels } from "../domain/container-labels.ts";
import { Refusal } from "./refusal.ts";

/** Filters of a list or of the events, narrowed to what belongs to Hearth. Only labels can be filtered for. */
export function narrowed(filters: string | null, more: Record<string, string[]> = {}): string {
  return JSON.stringify({ ...more, label: [...labelsIn(filters), containerLabels.instance, containerLabels.model] });
}

function labelsIn(filters: string | null): string[] {
  if (filters === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(filters);
  } catch {
    throw new Refusal("the query's filters are not JSON.");
  }
  if (typeof value !== "object" || value === null) throw new Refusal("the query's filters are not an object.");
  const { label = [], type: _, ...others } = value as { label?: unknown; type?: unknown };
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Refusal(`the filter ${other} is not allowed.`);
  const isList = Array.isArray(label) && label.every((entry) => typeof entry === "string");
  if (!isList) throw new Refusal("the filter label is not a list of texts.");
  return label;
}
