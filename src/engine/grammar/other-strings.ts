/** Strings of JSON that are none of these, in GBNF: names of members that an object's schema does not list. */

/** What may follow in names, by character, as far as some name goes on. */
interface Node {
  /** Null where a name is too long to be told to its end: whatever begins like it is left out. */
  next: Map<string, Node | null>;
  /** A name ends here. */
  ends: boolean;
}

/** Between the quotes. Without escapes, so that no name is spelt in another way. */
const plain = '\\"\\\\\\x7F\\x00-\\x1F';

const longest = 64;

export function otherStrings(names: string[]): string {
  const root: Node = { next: new Map(), ends: false };
  for (const name of names) {
    let node = root;
    const characters = [...name];
    for (const [index, character] of characters.entries()) {
      const known = node.next.get(character);
      const isTooLong = known === null || index === longest;
      const next: Node | null = isTooLong ? null : (known ?? { next: new Map(), ends: false });
      node.next.set(character, next);
      if (next === null) break;
      node = next;
      if (index === characters.length - 1) node.ends = true;
    }
    if (name === "") root.ends = true;
  }
  return `"\\"" ${after(root)} "\\""`;
}

function after({ next, ends }: Node): string {
  const sayable = [...next].filter(([character]) => isPlain(character));
  const others = `[^${plain}${sayable.map(([character]) => code(character)).join("")}] [^${plain}]*`;
  const options = [
    others,
    ...sayable.flatMap(([character, node]) => (node === null ? [] : [`[${code(character)}] ${after(node)}`])),
  ];
  return `(${options.join(" | ")})${ends ? "" : "?"}`;
}

/** It stands for itself between quotes. */
function isPlain(character: string): boolean {
  return character > "\u001f" && character !== "\u007f" && character !== '"' && character !== "\\";
}

function code(character: string): string {
  return `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`;
}
