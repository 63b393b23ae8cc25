/** Finds the regular expressions of a file, wherever they stand in its code. */
import { parseSync, Visitor } from "rolldown/utils";

export interface FoundRegex {
  /** From the root of the project. */
  file: string;
  line: number;
  pattern: string;
  flags: string;
}

/** Literals, and what `new RegExp` is given as plain text. Throws where the text cannot be parsed. */
export function regexesIn(file: string, text: string): FoundRegex[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const found: FoundRegex[] = [];
  const add = (at: number, pattern: string, flags: string) =>
    found.push({ file, line: text.slice(0, at).split("\n").length, pattern, flags });
  new Visitor({
    Literal(node) {
      if ("regex" in node && node.regex) add(node.start, node.regex.pattern, node.regex.flags);
    },
    NewExpression({ callee, arguments: [pattern, flags], start }) {
      if (callee.type !== "Identifier" || callee.name !== "RegExp" || !isText(pattern)) return;
      add(start, pattern.value, isText(flags) ? flags.value : "");
    },
  }).visit(program);
  return found;
}

function isText(node: { type: string; value?: unknown } | undefined): node is { type: "Literal"; value: string } {
  return node?.type === "Literal" && typeof node.value === "string";
}
