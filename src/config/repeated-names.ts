/** Names that must be said once only, in lists of the configuration. */
import type { Places } from "./explain.ts";
import { type ConfigIssue, pathText } from "./issue.ts";
import type { ConfigValues } from "./schema/root.ts";

/** Keys of the same name, or with the same secret, and virtual models of the same name; each fault names the place of the first. */
export function repeatedNames({ keys, virtual }: ConfigValues, places: Places): ConfigIssue[] {
  return [
    ...repeated("keys", "name", keys, places),
    ...repeated("keys", "hash", keys, places),
    ...repeated("virtual", "name", virtual, places),
  ];
}

function repeated<Field extends string>(
  list: string,
  field: Field,
  entries: Record<Field, string>[],
  places: Places,
): ConfigIssue[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index): ConfigIssue[] => {
    const earlier = first.get(entry[field]);
    if (earlier === undefined) {
      first.set(entry[field], index);
      return [];
    }
    const { line } = places.locate([list, earlier, field]);
    const path = [list, index, field];
    const message = `the same ${field} as ${list}[${earlier}] in line ${line}.`;
    return [{ ...places.locate(path), path: pathText(path), message }];
  });
}
