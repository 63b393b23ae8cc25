import type { Model } from "../../api/client.ts";

/** Whether every word of the search stands somewhere in the model. */
export function matches(
  { id, aliases, summary, capabilities, make }: Pick<Model, "id" | "aliases" | "summary" | "capabilities" | "make">,
  search: string,
): boolean {
  const text = [id, ...aliases, summary, ...capabilities, make?.family ?? ""].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
