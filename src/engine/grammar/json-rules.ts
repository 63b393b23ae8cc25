/** JSON in GBNF, llama.cpp's grammar notation. White space is bounded, or small models write nothing else. */
export const jsonRules = {
  ws: '| " " | "\\n" [ \\t]{0,20}',
  char: '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
  string: '"\\"" char* "\\""',
  integer: '"-"? ("0" | [1-9] [0-9]{0,15})',
  number: 'integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?',
  boolean: '"true" | "false"',
  null: '"null"',
  member: 'string ":" ws value',
  object: '"{" ws (member ("," ws member)*)? ws "}"',
  array: '"[" ws (value ("," ws value)*)? ws "]"',
  value: "object | array | string | number | boolean | null",
} as const;

/** String formats that can be said exactly. */
export const formatRules: Record<string, string> = {
  date: '"\\"" [0-9]{4} "-" [01] [0-9] "-" [0-3] [0-9] "\\""',
  time: '"\\"" [0-2] [0-9] ":" [0-5] [0-9] ":" [0-5] [0-9] "Z" "\\""',
  "date-time":
    '"\\"" [0-9]{4} "-" [01] [0-9] "-" [0-3] [0-9] "T" [0-2] [0-9] ":" [0-5] [0-9] ":" [0-5] [0-9] "Z" "\\""',
  uuid: '"\\"" [0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12} "\\""',
};

/** A GBNF text that matches exactly this one. */
export function exactly(text: string): string {
  return JSON.stringify(text);
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
