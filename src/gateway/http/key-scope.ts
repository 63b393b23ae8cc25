/** Which models a key may use: ids, aliases or patterns in which `*` stands for anything. */
import type { KeyConfig } from "../../config/types.ts";
import type { ModelView } from "../../link/link.ts";

type Named = Pick<ModelView, "id" | "aliases">;

const matchers = new WeakMap<KeyConfig, (name: string) => boolean>();

export function mayUse(key: KeyConfig, model: Named): boolean {
  const matches = matcherOf(key);
  return matches(model.id) || model.aliases.some(matches);
}

function matcherOf(key: KeyConfig): (name: string) => boolean {
  let matches = matchers.get(key);
  if (matches === undefined) {
    matches = compile(key.models);
    matchers.set(key, matches);
  }
  return matches;
}

function compile(patterns: string[]): (name: string) => boolean {
  if (patterns.includes("*")) return () => true;
  const sources = patterns.map((pattern) => pattern.split("*").map(RegExp.escape).join(".*"));
  const whole = new RegExp(`^(?:${sources.join("|")})$`, "s");
  return (name) => sources.length > 0 && whole.test(name);
}
