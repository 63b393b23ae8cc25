/**
 * JSON Schema to GBNF. What a grammar can say is enforced: types, properties and which of them are required, enums,
 * lengths, item counts, alternatives, references. What it cannot (patterns, ranges, `not`) is left to the model.
 * Objects take their listed properties in that order and no others, unless `additionalProperties` asks for them.
 */
import { badField } from "../http/api-error.ts";
import { exactly, formatRules } from "./json-rules.ts";

type Schema = Record<string, unknown>;

const deepest = 64;
/** llama.cpp unrolls repetitions; a longer bound is left to the model. */
const longestRepetition = 1000;
const mostRules = 5000;

export class SchemaRules {
  readonly rules = new Map<string, string>();
  readonly #root: unknown;
  /** Where the schema stands in the request, for errors. */
  readonly #field: string;
  readonly #prefix: string;
  readonly #references = new Map<string, string>();

  /** `prefix` keeps the rules of several schemas in one grammar apart. */
  constructor(schema: unknown, field: string, prefix: string) {
    this.#root = schema;
    this.#field = field;
    this.#prefix = prefix;
  }

  /** What matches a value of the schema; the rules that it needs are then in `rules`. */
  expression(): string {
    return this.#visit(this.#root, 0);
  }

  #visit(node: unknown, depth: number): string {
    if (node === true || node === undefined) return "value";
    if (!isSchema(node)) throw badField(this.#field, "every schema in it must be an object or true.");
    if (depth > deepest) throw badField(this.#field, `it is nested deeper than ${deepest} levels.`);
    if (typeof node.$ref === "string") return this.#reference(node.$ref, depth);
    if (node.const !== undefined) return exactly(JSON.stringify(node.const));
    if (Array.isArray(node.enum)) return this.#either(node.enum.map((value) => exactly(JSON.stringify(value))));
    const alternatives = node.anyOf ?? node.oneOf;
    if (Array.isArray(alternatives)) return this.#either(alternatives.map((one) => this.#visit(one, depth + 1)));
    if (Array.isArray(node.allOf)) return this.#visit(this.#together(node), depth + 1);
    if (Array.isArray(node.type)) return this.#either(node.type.map((type) => this.#typed({ ...node, type }, depth)));
    return this.#typed(node, depth);
  }

  #typed(node: Schema, depth: number): string {
    switch (node.type ?? (isSchema(node.properties) ? "object" : undefined)) {
      case "object":
        return this.#object(node, depth);
      case "array":
        return this.#array(node, depth);
      case "string":
        return this.#string(node);
      case "number":
      case "integer":
      case "boolean":
      case "null":
        return String(node.type);
      case undefined:
        return "value";
      default:
        throw badField(this.#field, `${JSON.stringify(node.type)} is no type of JSON Schema.`);
    }
  }

  #string({ format, minLength, maxLength }: Schema): string {
    const exact = typeof format === "string" && Object.hasOwn(formatRules, format) ? formatRules[format] : undefined;
    if (exact !== undefined) return this.#rule(exact);
    if (minLength === undefined && maxLength === undefined) return "string";
    return this.#rule(`"\\"" char${times(minLength, maxLength)} "\\""`);
  }

  #array({ items, prefixItems, minItems, maxItems }: Schema, depth: number): string {
    if (Array.isArray(prefixItems) && prefixItems.length > 0) {
      const fixed = prefixItems.map((item) => this.#visit(item, depth + 1)).join(' "," ws ');
      return this.#rule(`"[" ws ${fixed} ws "]"`);
    }
    const item = this.#visit(items, depth + 1);
    const least = count(minItems) ?? 0;
    const most = count(maxItems);
    if (most === 0) return this.#rule('"[" ws "]"');
    const further = `("," ws ${item})${times(Math.max(0, least - 1), most === null ? undefined : most - 1)}`;
    const some = `${item} ${further}`;
    return this.#rule(`"[" ws ${least > 0 ? some : `(${some})?`} ws "]"`);
  }

  #object({ properties, required, additionalProperties }: Schema, depth: number): string {
    const listed = isSchema(properties) ? Object.entries(properties) : [];
    const extra = additionalProperties !== undefined && additionalProperties !== false;
    if (listed.length === 0 && additionalProperties === false) return this.#rule('"{" ws "}"');
    if (listed.length === 0 && !extra) return "object";
    const members = listed.map(([name, schema]) => ({
      text: `${exactly(JSON.stringify(name))} ":" ws ${this.#visit(schema, depth + 1)}`,
      needed: Array.isArray(required) && required.includes(name),
    }));
    const more = extra ? this.#rule(`string ":" ws ${this.#visit(additionalProperties, depth + 1)}`) : null;
    // From the last member to the first: what may follow when nothing has been written yet, and when something has.
    let atStart = more === null ? '""' : `(${more} ("," ws ${more})*)?`;
    let after = more === null ? '""' : `("," ws ${more})*`;
    for (const { text, needed } of members.toReversed()) {
      const member = this.#rule(text);
      const [skipAtStart, skipAfter] = [atStart, after];
      const then = this.#rule(skipAfter);
      atStart = needed ? `${member} ${then}` : `${member} ${then} | ${this.#rule(skipAtStart)}`;
      after = needed ? `"," ws ${member} ${then}` : `"," ws ${member} ${then} | ${then}`;
    }
    return this.#rule(`"{" ws ${this.#rule(atStart)} ws "}"`);
  }

  #reference(pointer: string, depth: number): string {
    const known = this.#references.get(pointer);
    if (known !== undefined) return known;
    const target = this.#resolve(pointer);
    // Named before it is visited: it may lead back to itself.
    const name = this.#rule("");
    this.#references.set(pointer, name);
    this.rules.set(name, this.#visit(target, depth + 1));
    return name;
  }

  #resolve(pointer: string): unknown {
    const steps = pointer.startsWith("#") ? pointer.slice(1).split("/").slice(1) : [""];
    let node = this.#root;
    for (const step of steps) {
      const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      const inside = typeof node === "object" && node !== null && Object.hasOwn(node, name);
      if (!inside) throw badField(this.#field, `it has nothing at the reference ${pointer}.`);
      node = (node as Schema)[name];
    }
    return node;
  }

  /** The parts of an `allOf` as one schema: their properties and requirements together. */
  #together({ allOf, ...rest }: Schema): Schema {
    const parts = (allOf as unknown[]).map((part) =>
      isSchema(part) && typeof part.$ref === "string" ? this.#resolve(part.$ref) : part,
    );
    const merged: Schema = {};
    const properties: Schema = {};
    const required: unknown[] = [];
    for (const part of [...parts, rest].filter(isSchema)) {
      Object.assign(merged, part);
      if (isSchema(part.properties)) Object.assign(properties, part.properties);
      if (Array.isArray(part.required)) required.push(...part.required);
    }
    return { ...merged, ...(Object.keys(properties).length > 0 ? { properties, required } : {}) };
  }

  #either(alternatives: string[]): string {
    if (alternatives.length === 0) throw badField(this.#field, "a list of alternatives in it is empty.");
    return this.#rule(alternatives.join(" | "));
  }

  #rule(text: string): string {
    if (this.rules.size >= mostRules) throw badField(this.#field, "the schema is too large.");
    const name = `${this.#prefix}-${this.rules.size}`;
    this.rules.set(name, text);
    return name;
  }
}

function isSchema(node: unknown): node is Schema {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= longestRepetition
    ? value
    : null;
}

function times(least: unknown, most: unknown): string {
  const [from, to] = [count(least) ?? 0, count(most)];
  return to === null ? `{${from},}` : `{${from},${Math.max(from, to)}}`;
}
