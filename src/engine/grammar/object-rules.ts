/**
 * A schema for objects in GBNF: its listed members in their order and no others, unless `additionalProperties` asks for
 * them or nothing is listed at all. A member that is required is there, listed or not.
 */
import { exactly } from "./json-rules.ts";
import { otherStrings } from "./other-strings.ts";
import { isSchema, type Schema } from "./schema.ts";

export interface ObjectRule {
  /** Null where no object meets it. */
  text: string | null;
  left: string[];
}

export interface ObjectParts {
  /** A schema in GBNF, null where no value meets it. */
  visit(schema: unknown): string | null;
  /** A rule of its own for a text; its name. */
  rule(text: string): string;
}

/** More are not counted out: the grammar would become too large. */
const mostCounted = 16;

interface Member {
  name: string;
  value: string | null;
  needed: boolean;
}

export function objectRule(schema: Schema, parts: ObjectParts): ObjectRule {
  const { properties, required, additionalProperties: others, minProperties, maxProperties } = schema;
  const listed = isSchema(properties) ? Object.entries(properties) : [];
  const needed = new Set(Array.isArray(required) ? required.filter((name) => typeof name === "string") : []);
  const names = new Set(listed.map(([name]) => name));
  const open = others === undefined ? !isSchema(properties) : others !== false;
  const left = ["propertyNames", "patternProperties"].filter((keyword) => schema[keyword] !== undefined);
  if (open && others === undefined && needed.size === 0 && minProperties === undefined && maxProperties === undefined) {
    return { text: "object", left };
  }
  const members: Member[] = [
    ...listed.map(([name, value]) => ({ name, value: parts.visit(value), needed: needed.has(name) })),
    ...[...needed]
      .filter((name) => !names.has(name))
      .map((name) => ({ name, value: parts.visit(others), needed: true })),
  ];
  if (members.some(({ value, needed }) => value === null && needed)) return { text: null, left };
  const possible = members.filter(({ value }) => value !== null);
  const further = open ? parts.visit(others) : null;
  const most = typeof maxProperties === "number" ? Math.floor(maxProperties) : null;
  const least = typeof minProperties === "number" ? Math.ceil(minProperties) : 0;
  const count = possible.filter((one) => one.needed).length;
  if ((most !== null && count > most) || (further === null && possible.length < least)) return { text: null, left };
  const isCounted = least <= count || (further === null && least <= mostCounted);
  if (!isCounted) left.push("minProperties");
  if (most !== null && (further !== null || possible.length > most)) left.push("maxProperties");
  const more =
    further === null ? null : parts.rule(`${otherStrings(members.map(({ name }) => name))} ":" ws ${further}`);
  const inside = new Sequence(possible, more, parts).from(0, false, isCounted ? least : 0);
  return { text: inside === null ? null : `"{" ws ${inside} ws "}"`, left };
}

/** What may stand in an object from one of its members on. */
class Sequence {
  readonly #members: { text: string; needed: boolean }[];
  readonly #more: string | null;
  readonly #parts: ObjectParts;
  readonly #known = new Map<string, string | null>();

  constructor(members: Member[], more: string | null, parts: ObjectParts) {
    this.#members = members.map(({ name, value, needed }) => ({
      text: parts.rule(`${exactly(JSON.stringify(name))} ":" ws ${value}`),
      needed,
    }));
    this.#more = more;
    this.#parts = parts;
  }

  /** `begun`: a member stands before it. `lacking`: members that must still come. Null where they cannot. */
  from(index: number, begun: boolean, lacking: number): string | null {
    const key = `${index} ${begun} ${lacking}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = index === this.#members.length ? this.#end(begun, lacking) : this.#member(index, begun, lacking);
    const name = text === null ? null : this.#parts.rule(text);
    this.#known.set(key, name);
    return name;
  }

  #member(index: number, begun: boolean, lacking: number): string | null {
    const { text, needed } = this.#members[index]!;
    const then = this.from(index + 1, true, Math.max(0, lacking - 1));
    const taken = then === null ? [] : [`${begun ? '"," ws ' : ""}${text} ${then}`];
    const skipped = needed ? null : this.from(index + 1, begun, lacking);
    const options = [...taken, ...(skipped === null ? [] : [skipped])];
    return options.length === 0 ? null : options.join(" | ");
  }

  #end(begun: boolean, lacking: number): string | null {
    if (lacking > 0) return null;
    if (this.#more === null) return '""';
    return begun ? `("," ws ${this.#more})*` : `(${this.#more} ("," ws ${this.#more})*)?`;
  }
}
