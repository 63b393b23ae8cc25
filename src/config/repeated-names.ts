/** Names that must be said once only, in lists of the configuration. */
import type { Places } from "./explain.ts";
import { type ConfigIssue, pathText } from "./issue.ts";
import type { ConfigValues } from "./schema/root.ts";

/** Keys of the same name, or with the same secret; each fault names the place of the first. */
export function repeatedNames(values: ConfigValues, places: Places): ConfigIssue[] {
  return (["name", "hash"] as const).flatMap((field) => {
    const first = new Map<string, number>();
    return values.keys.flatMap((key, index): ConfigIssue[] => {
      const earlier = first.get(key[field]);
      if (earlier === undefined) {
        first.set(key[field], index);
        return [];
      }
      const { line } = places.locate(["keys", earlier, field]);
      const path = ["keys", index, field];
      const message = `the same ${field} as keys[${earlier}] in line ${line}.`;
      return [{ ...places.locate(path), path: pathText(path), message }];
    });
  });
}
