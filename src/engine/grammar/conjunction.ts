/** Two schemas that hold together, as one: what a value must meet of either. */
import { isDeepStrictEqual } from "node:util";
import { isSchema, type Schema } from "./schema.ts";

/** Keywords that may stand several times: what was met of each. */
type Merge = (one: unknown, other: unknown) => unknown;

const larger: Merge = (one, other) =>
  typeof one === "number" && typeof other === "number" ? Math.max(one, other) : one;
const smaller: Merge = (one, other) =>
  typeof one === "number" && typeof other === "number" ? Math.min(one, other) : one;
const union: Merge = (one, other) => [...new Set([one, other].flat())];
const inBoth: Merge = (one, other) =>
  Array.isArray(one) && Array.isArray(other) ? one.filter((value) => other.some((each) => same(value, each))) : one;
const concatenated: Merge = (one, other) => [one, other].flat();

const merges: Record<string, Merge> = {
  type: commonTypes,
  required: union,
  enum: inBoth,
  minimum: larger,
  exclusiveMinimum: larger,
  minLength: larger,
  minItems: larger,
  minProperties: larger,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
  maxProperties: smaller,
  items: together,
  additionalProperties: together,
  allOf: concatenated,
};

/** Of what these say, only one thing can be followed; the compiler says which was not. */
export const conflicts = "conflicts";

/** `false` where nothing can meet both. */
export function together(one: unknown, other: unknown): unknown {
  if (one === false || other === false) return false;
  if (!isSchema(one)) return other ?? true;
  if (!isSchema(other)) return one;
  const merged: Schema = { ...one };
  for (const [keyword, value] of Object.entries(other)) {
    if (keyword === "properties" || keyword === "prefixItems" || keyword === "items") continue;
    if (!Object.hasOwn(one, keyword) || same(one[keyword], value)) merged[keyword] = value;
    else if (keyword === "const") return false;
    else if (keyword === "anyOf" || keyword === "oneOf" || keyword === "$ref")
      merged.allOf = concatenated(merged.allOf ?? [], { [keyword]: value });
    else if (Object.hasOwn(merges, keyword)) merged[keyword] = merges[keyword]!(one[keyword], value);
    else merged[conflicts] = union(merged[conflicts] ?? [], keyword);
  }
  return { ...merged, ...bothItems(one, other), ...bothProperties(one, other) };
}

function bothProperties(one: Schema, other: Schema): Schema {
  if (!isSchema(one.properties) && !isSchema(other.properties)) return {};
  const own = isSchema(one.properties) ? one.properties : {};
  const its = isSchema(other.properties) ? other.properties : {};
  const of = (listed: Schema, schema: Schema, name: string) =>
    Object.hasOwn(listed, name) ? listed[name] : schema.additionalProperties;
  const names = new Set([...Object.keys(own), ...Object.keys(its)]);
  const both = [...names].map((name) => [name, together(of(own, one, name) ?? true, of(its, other, name) ?? true)]);
  return { properties: Object.fromEntries(both) };
}

function bothItems(one: Schema, other: Schema): Schema {
  const { first, rest } = itemsOf(one);
  const { first: its, rest: itsRest } = itemsOf(other);
  if (first.length + its.length === 0 && rest === undefined && itsRest === undefined) return {};
  const fixed = Array.from({ length: Math.max(first.length, its.length) }, (_, index) =>
    together(first[index] ?? rest ?? true, its[index] ?? itsRest ?? true),
  );
  const others = rest === undefined ? itsRest : itsRest === undefined ? rest : together(rest, itsRest);
  return { ...(fixed.length === 0 ? {} : { prefixItems: fixed }), items: others };
}

/** `items` as a list is what `prefixItems` was called before. `rest` undefined: nothing is said of further items. */
export function itemsOf({ prefixItems, items, additionalItems }: Schema): { first: unknown[]; rest: unknown } {
  if (Array.isArray(items)) return { first: items, rest: additionalItems };
  return { first: Array.isArray(prefixItems) ? prefixItems : [], rest: items };
}

function commonTypes(one: unknown, other: unknown): unknown {
  const [types, others] = [[one].flat(), [other].flat()];
  const both = types.flatMap((type) => {
    if (others.includes(type)) return [type];
    if (type === "number" && others.includes("integer")) return ["integer"];
    return type === "integer" && others.includes("number") ? ["integer"] : [];
  });
  return [...new Set(both)];
}

function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
