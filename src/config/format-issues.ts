/** Shows what is wrong with a file the way compilers do: the line, and a caret under the fault. */
import { relative } from "node:path";
import { styleText } from "node:util";
import { type ConfigIssue, oneLine } from "./issue.ts";
import { readText } from "./read-text.ts";

export interface IssueFormat {
  /** Files below it are named relative to it. */
  cwd: string;
  colour: boolean;
}

/** Several lines a fault; a blank line between faults. */
export function formatIssues(issues: ConfigIssue[], { cwd, colour }: IssueFormat): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return issues
    .map((issue) => {
      const headline = oneLine({ ...issue, file: shortPath(issue.file, cwd) });
      const excerpt = excerptOf(issue);
      if (excerpt === null) return `${paint("red", "error")} ${headline}`;
      const number = String(issue.line);
      const gutter = `${" ".repeat(number.length)} |`;
      const caret = `${" ".repeat(excerpt.offset)}${"^".repeat(excerpt.length)}`;
      return [
        `${paint("red", "error")} ${headline}`,
        paint("dim", gutter),
        `${paint("dim", `${number} |`)} ${excerpt.text}`,
        `${paint("dim", gutter)} ${paint("red", caret)}`,
      ].join("\n");
    })
    .join("\n\n");
}

const widest = 100;

/** The line at fault, cut to fit, tabs as spaces so that the caret stands where it should. */
function excerptOf(issue: ConfigIssue): { text: string; offset: number; length: number } | null {
  const line = lineOf(issue);
  if (line === null || line.trim() === "") return null;
  const start = Math.max(0, issue.column - 1 - widest / 2);
  const text = line.slice(start, start + widest).replaceAll("\t", " ");
  const offset = Math.min(issue.column - 1 - start, text.length);
  return { text, offset, length: Math.max(1, Math.min(issue.length, text.length - offset)) };
}

function lineOf({ file, line }: ConfigIssue): string | null {
  try {
    const text = file.startsWith("$") ? (process.env[file.slice(1)] ?? "") : readText(file);
    return text.split(/\r?\n/)[line - 1] ?? null;
  } catch {
    return null;
  }
}

function shortPath(file: string, cwd: string): string {
  if (file.startsWith("$")) return file;
  const short = relative(cwd, file);
  return short === "" || short.startsWith("..") ? file : short;
}
