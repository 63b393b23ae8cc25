/** The `pattern` of a schema as a tree: the part of ECMAScript's expressions that a grammar can say. */

export type PatternNode =
  | { kind: "class"; ranges: [number, number][]; negated: boolean }
  | { kind: "sequence"; nodes: PatternNode[] }
  | { kind: "either"; nodes: PatternNode[] }
  | { kind: "repeat"; node: PatternNode; least: number; most: number | null };

export interface Pattern {
  node: PatternNode;
  /** It holds from the string's first character on, and to its last. */
  fromStart: boolean;
  toEnd: boolean;
}

/** llama.cpp unrolls repetitions. */
const longestRepetition = 1000;
const deepest = 50;

/** Null where it says something that a grammar cannot. */
export function parsePattern(source: string): Pattern | null {
  const fromStart = source.startsWith("^");
  const toEnd = /(?<!\\)(?:\\\\)*\$$/.test(source);
  const body = source.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined);
  const parser = new PatternParser([...body]);
  try {
    const node = parser.whole();
    // `^a|b$`: each anchor is its own branch's alone.
    if (node.kind === "either" && (fromStart || toEnd)) return null;
    return { node, fromStart, toEnd };
  } catch (error) {
    if (error instanceof Unsayable) return null;
    throw error;
  }
}

class Unsayable extends Error {}

const digit: [number, number][] = [[0x30, 0x39]];
const word: [number, number][] = [...digit, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
/** In JSON's text only the space stands for itself; the others are escapes. */
const space: [number, number][] = [[0x20, 0x20]];
const sets: Record<string, { ranges: [number, number][]; negated: boolean }> = {
  d: { ranges: digit, negated: false },
  D: { ranges: digit, negated: true },
  w: { ranges: word, negated: false },
  W: { ranges: word, negated: true },
  s: { ranges: space, negated: false },
};
const lineEnds: [number, number][] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

class PatternParser {
  readonly #characters: string[];
  #at = 0;
  #depth = 0;

  constructor(characters: string[]) {
    this.#characters = characters;
  }

  whole(): PatternNode {
    const node = this.#either();
    if (this.#at < this.#characters.length) throw new Unsayable();
    return node;
  }

  #either(): PatternNode {
    if (++this.#depth > deepest) throw new Unsayable();
    const nodes = [this.#sequence()];
    while (this.#take("|")) nodes.push(this.#sequence());
    this.#depth--;
    return nodes.length === 1 ? nodes[0]! : { kind: "either", nodes };
  }

  #sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      nodes.push(this.#repeated(this.#atom()));
    }
    return { kind: "sequence", nodes };
  }

  #atom(): PatternNode {
    const character = this.#next();
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return this.#class();
      case ".":
        return { kind: "class", ranges: lineEnds, negated: true };
      case "\\":
        return { kind: "class", ...this.#escape() };
      case "^":
      case "$":
      case "*":
      case "+":
      case "?":
      case "{":
      case "}":
      case "]":
        throw new Unsayable();
      default:
        return one(character);
    }
  }

  #group(): PatternNode {
    if (this.#take("?") && !this.#take(":")) this.#groupName();
    const node = this.#either();
    if (!this.#take(")")) throw new Unsayable();
    return node;
  }

  /** Behind `(?`: `<name>`. Looking ahead or back cannot be said. */
  #groupName(): void {
    if (!this.#take("<")) throw new Unsayable();
    let name = "";
    for (let next = this.#next(); next !== ">"; next = this.#next()) name += next;
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new Unsayable();
  }

  #repeated(node: PatternNode): PatternNode {
    const times = this.#times();
    if (times === null) return node;
    this.#take("?"); // lazy: the same texts
    if ("*+?{".includes(this.#peek() ?? " ")) throw new Unsayable();
    return { kind: "repeat", node, ...times };
  }

  #times(): { least: number; most: number | null } | null {
    if (this.#take("*")) return { least: 0, most: null };
    if (this.#take("+")) return { least: 1, most: null };
    if (this.#take("?")) return { least: 0, most: 1 };
    if (!this.#take("{")) return null;
    let text = "";
    for (let next = this.#next(); next !== "}"; next = this.#next()) text += next;
    const [, from, comma, to] = /^(\d{1,6})(,?)(\d{0,6})$/.exec(text) ?? [];
    if (from === undefined || (comma === "" && to !== "")) throw new Unsayable();
    const least = Number(from);
    const most = comma === "" ? least : to === "" ? null : Number(to);
    if (least > longestRepetition || (most !== null && (most > longestRepetition || most < least)))
      throw new Unsayable();
    return { least, most };
  }

  #class(): PatternNode {
    const negated = this.#take("^");
    const ranges: [number, number][] = [];
    while (!this.#take("]")) {
      const from = this.#member();
      if (this.#peek() !== "-" || this.#characters[this.#at + 1] === "]") {
        ranges.push(...from);
        continue;
      }
      this.#at++;
      const to = this.#member();
      const [start, end] = [single(from), single(to)];
      if (start > end) throw new Unsayable();
      ranges.push([start, end]);
    }
    return { kind: "class", ranges, negated };
  }

  #member(): [number, number][] {
    const character = this.#next();
    if (character !== "\\") return [[character.codePointAt(0)!, character.codePointAt(0)!]];
    if (this.#take("b")) return [[8, 8]];
    const { ranges, negated } = this.#escape();
    if (negated) throw new Unsayable();
    return ranges;
  }

  #escape(): { ranges: [number, number][]; negated: boolean } {
    const character = this.#next();
    if (Object.hasOwn(sets, character)) return sets[character]!;
    const control = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 }[character];
    if (control !== undefined) return only(control);
    if (character === "x") return only(this.#hex(2));
    if (character === "u") return only(this.#hex(4));
    // References to groups, edges of words, properties of characters.
    if (/[A-Za-z0-9]/.test(character)) throw new Unsayable();
    return only(character.codePointAt(0)!);
  }

  #hex(length: number): number {
    const text = Array.from({ length }, () => this.#next()).join("");
    if (!/^[0-9a-fA-F]+$/.test(text)) throw new Unsayable();
    return Number.parseInt(text, 16);
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw new Unsayable();
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}

function one(character: string): PatternNode {
  return { kind: "class", ...only(character.codePointAt(0)!) };
}

function only(code: number): { ranges: [number, number][]; negated: boolean } {
  return { ranges: [[code, code]], negated: false };
}

function single(ranges: [number, number][]): number {
  const [only] = ranges;
  if (ranges.length !== 1 || only === undefined || only[0] !== only[1]) throw new Unsayable();
  return only[0];
}
