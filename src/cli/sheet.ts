/** Titles with texts beside them, in lines that fit the terminal. */
import type { Io } from "./io.ts";
import { wrap } from "./wrap.ts";

export type SheetLine = [title: string, text: string];

/** Of a terminal that does not say it, and of what is read by another program. */
const usualColumns = 80;

/** Columns that a line may have. `COLUMNS` says it where the output is no terminal. */
export function columnsOf({ out, env }: Pick<Io, "out" | "env">): number {
  const told = Number(env.COLUMNS);
  return out.columns ?? (Number.isInteger(told) && told > 0 ? told : usualColumns);
}

/** Lines without a text are left out. `indent`: spaces before each. */
export function sheet(lines: readonly SheetLine[], columns: number, indent = 0): string {
  const shown = lines.filter(([, text]) => text !== "");
  const width = Math.max(0, ...shown.map(([title]) => title.length));
  const margin = " ".repeat(indent);
  return shown
    .flatMap(([title, text]) => {
      const [first, ...rest] = wrap(text, Math.max(20, columns - indent - width - 2));
      return [`${title.padEnd(width)}  ${first}`, ...rest.map((line) => `${" ".repeat(width)}  ${line}`)];
    })
    .map((line) => `${margin}${line}\n`)
    .join("");
}
