import type { ModelFields } from "../config/schema/model.ts";
import type { RequestParameters } from "../domain/request-parameters.ts";

/** The section of a model's entry, with what it leaves out filled in. */
export function requestParameters({ parameters, variants }: ModelFields): RequestParameters {
  const { defaults = {}, set = {}, strip = [] } = parameters ?? {};
  return { defaults, set, strip, variants: variants ?? {} };
}

/** Values that no request could ever be given, with their place in the entry. */
export function ineffective({ defaults, set, variants }: RequestParameters): { path: string; message: string }[] {
  const places = [
    { path: "parameters.defaults", values: defaults },
    ...Object.entries(variants).map(([name, values]) => ({ path: `variants.${name}`, values })),
  ];
  return places.flatMap(({ path, values }) =>
    Object.keys(values)
      .filter((name) => Object.hasOwn(set, name) && !(isMerged(values[name]) && isMerged(set[name])))
      .map((name) => ({
        path: `${path}.${name}`,
        message: "has no effect: parameters.set has it too, and always wins.",
      })),
  );
}

/** Of two objects both have their say, key by key. */
function isMerged(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
