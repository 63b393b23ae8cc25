/**
 * JSON Schema to GBNF. What a grammar can say is enforced; the keywords that it cannot say are named in `left`, and hold
 * only by chance. What is enforced is never wider than the schema: a text that the grammar takes meets it.
 */
import { badField } from "../http/api-error.ts";
import { arrayRule } from "./array-rules.ts";
import { conflicts, together } from "./conjunction.ts";
import { enumValues } from "./enum-values.ts";
import { exclude } from "./exclusive.ts";
import { exactly } from "./json-rules.ts";
import { numberRule } from "./number-rules.ts";
import { objectRule } from "./object-rules.ts";
import { References } from "./references.ts";
import { isSchema, type Schema, typesOf } from "./schema.ts";
import { stringRule } from "./string-rules.ts";

const deepest = 64;
const mostRules = 5000;
const mostVisits = 20_000;

/** Each says something of one type alone; where `type` is left out they tell which is meant. */
const typeKeywords: Record<string, string[]> = {
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
  ],
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"],
  string: ["pattern", "format", "minLength", "maxLength"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};
const unsayable = [
  ...["not", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties", "unevaluatedItems"],
  ...["$dynamicRef", "$recursiveRef"],
];
/** They say nothing of a value. */
const beside = new Set([
  "$ref",
  "$defs",
  "definitions",
  "$id",
  "$schema",
  "$anchor",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
]);

export class SchemaRules {
  readonly rules = new Map<string, string>();
  /** Keywords that are not enforced, in the order in which they were met. */
  readonly left = new Set<string>();
  readonly #root: unknown;
  /** Where the schema stands in the request, for errors. */
  readonly #field: string;
  readonly #prefix: string;
  readonly #references: References;
  readonly #named = new Map<string, string | null>();
  #visits = 0;

  /** `prefix` keeps the rules of several schemas in one grammar apart. */
  constructor(schema: unknown, field: string, prefix: string) {
    this.#root = schema;
    this.#field = field;
    this.#prefix = prefix;
    this.#references = new References(schema, field);
  }

  /** What matches a value of the schema; the rules that it needs are then in `rules`. Throws an ApiError where nothing does. */
  expression(): string {
    const text = this.#visit(this.#root, 0);
    if (text === null) throw badField(this.#field, "no value can meet it.");
    return text;
  }

  /** Null where no value meets it. */
  #visit(node: unknown, depth: number): string | null {
    if (node === true || node === undefined) return "value";
    if (node === false) return null;
    if (!isSchema(node)) throw badField(this.#field, "every schema in it must be an object, true or false.");
    if (depth > deepest) throw badField(this.#field, `it is nested deeper than ${deepest} levels.`);
    if (++this.#visits > mostVisits) throw badField(this.#field, "the schema is too large.");
    if (typeof node.$ref === "string") return this.#referring(node, node.$ref, depth);
    const { allOf, anyOf, oneOf } = node;
    if (Array.isArray(allOf)) return this.#visit(allOf.reduce(together, without(node, "allOf")), depth + 1);
    if (Array.isArray(anyOf)) return this.#either(alternatives(anyOf, without(node, "anyOf")), depth);
    if (Array.isArray(oneOf)) return this.#one(alternatives(oneOf, without(node, "oneOf")), depth);
    return this.#simple(node, depth);
  }

  /** Without references and alternatives. */
  #simple(node: Schema, depth: number): string | null {
    this.#leave(unsayable.filter((keyword) => node[keyword] !== undefined));
    if (node.if !== undefined && (node.then ?? node.else) !== undefined) this.#leave(["if"]);
    this.#leave((node[conflicts] as string[] | undefined) ?? []);
    if (node.const !== undefined || Array.isArray(node.enum)) return this.#listed(node);
    const types =
      typesOf(node) ??
      Object.keys(typeKeywords).filter((type) => typeKeywords[type]!.some((name) => node[name] !== undefined));
    if (types.length === 0) return node.type === undefined ? "value" : null;
    return this.#options(types.map((type) => this.#typed(node, type, depth)));
  }

  #listed(node: Schema): string | null {
    if (Array.isArray(node.enum) && node.enum.length === 0) this.#refuseEmpty();
    const { values, left } = enumValues(node);
    this.#leave(left);
    return this.#options(values.map((value) => exactly(JSON.stringify(value))));
  }

  #typed(node: Schema, type: unknown, depth: number): string | null {
    const visit = (schema: unknown) => this.#visit(schema, depth + 1);
    switch (type) {
      case "object":
        return this.#kept(objectRule(node, { visit, rule: (text) => this.#rule(text) }));
      case "array":
        return this.#kept(arrayRule(node, visit));
      case "string":
        return this.#kept(stringRule(node));
      case "number":
      case "integer":
        return this.#kept(numberRule(node, type === "integer"));
      case "boolean":
      case "null":
        return type;
      default:
        throw badField(this.#field, `${JSON.stringify(type)} is no type of JSON Schema.`);
    }
  }

  #kept({ text, left }: { text: string | null; left: string[] }): string | null {
    this.#leave(left);
    // The name of a rule needs no rule of its own.
    return text === null || !text.includes(" ") ? text : this.#rule(text);
  }

  #either(schemas: unknown[], depth: number): string | null {
    if (schemas.length === 0) this.#refuseEmpty();
    return this.#options(schemas.map((schema) => this.#visit(schema, depth + 1)));
  }

  /** Exactly one of them is met where no value meets two. */
  #one(schemas: unknown[], depth: number): string | null {
    if (!exclude(schemas, (reference) => this.#references.target(reference))) this.#leave(["oneOf"]);
    return this.#either(schemas, depth);
  }

  #referring(node: Schema, reference: string, depth: number): string | null {
    const target = this.#references.target(reference);
    const hasMore = Object.keys(node).some((keyword) => !beside.has(keyword));
    if (hasMore) return this.#visit(together(target, without(node, "$ref")), depth + 1);
    const known = this.#named.get(reference);
    if (known !== undefined) return known;
    // Named before it is visited: it may lead back to itself.
    const name = this.#rule("");
    this.#named.set(reference, name);
    const text = this.#visit(target, depth + 1);
    if (text === null) this.#named.set(reference, null);
    this.rules.set(name, text ?? name);
    return text === null ? null : name;
  }

  #options(options: (string | null)[]): string | null {
    const possible = options.filter((option) => option !== null);
    if (possible.length === 0) return null;
    return possible.length === 1 && !possible[0]!.includes(" ") ? possible[0]! : this.#rule(possible.join(" | "));
  }

  #refuseEmpty(): never {
    throw badField(this.#field, "a list of alternatives in it is empty.");
  }

  #leave(keywords: string[]): void {
    for (const keyword of keywords) this.left.add(keyword);
  }

  #rule(text: string): string {
    if (this.rules.size >= mostRules) throw badField(this.#field, "the schema is too large.");
    const name = `${this.#prefix}-${this.rules.size}`;
    this.rules.set(name, text);
    return name;
  }
}

function without(node: Schema, keyword: string): Schema {
  const { [keyword]: _, ...rest } = node;
  return rest;
}

function alternatives(schemas: unknown[], rest: Schema): unknown[] {
  const hasMore = Object.keys(rest).some((keyword) => !beside.has(keyword));
  return hasMore ? schemas.map((schema) => together(rest, schema)) : schemas;
}
