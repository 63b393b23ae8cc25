/** JSON in GBNF, llama.cpp's grammar notation. White space is bounded, or small models write nothing else. */
export const jsonRules = {
  ws: '| " " | "\\n" [ \\t]{0,20}',
  char: '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
  string: '"\\"" char* "\\""',
  /** One character, however it is spelt: no half of one. */
  codepoint:
    '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" ([0-9abcefABCEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))',
  integer: '"-"? ("0" | [1-9] [0-9]{0,15})',
  number: 'integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?',
  boolean: '"true" | "false"',
  null: '"null"',
  member: 'string ":" ws value',
  object: '"{" ws (member ("," ws member)*)? ws "}"',
  array: '"[" ws (value ("," ws value)*)? ws "]"',
  value: "object | array | string | number | boolean | null",
} as const;

/** A GBNF text that matches exactly this one. */
export function exactly(text: string): string {
  return JSON.stringify(text);
}

/** A grammar in GBNF, and the keywords of its schemas that it does not enforce. */
export interface SchemaGrammar {
  gbnf: string;
  left: string[];
}

/** A grammar for any JSON object. */
export function anyObjectGrammar(): string {
  return grammarText("object", new Map());
}

/** The whole grammar: `root`, the rules it needs, and JSON's own. */
export function grammarText(root: string, rules: ReadonlyMap<string, string>): string {
  return [["root", root], ...Object.entries(jsonRules), ...rules]
    .map(([name, rule]) => `${name} ::= ${rule}\n`)
    .join("");
}
