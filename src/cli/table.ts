/** Rows under a header; the first column is what people search for, the last one may be long. */

const gap = 2;
/** A last column that is cut to less says nothing any more. */
const leastLast = 12;

/**
 * As wide as they need to be, and no wider than `width`: then the last column is cut, and where that leaves too little of
 * it, it goes, so that columns stand in the order of their worth.
 */
export function table(header: string[], rows: string[][], width = Number.POSITIVE_INFINITY): string {
  const all = [header.map((title) => title.toUpperCase()), ...rows];
  const needs = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const widths = fitted(needs, width);
  const line = (row: string[]) =>
    widths
      .map((room, column) => cut(row[column] ?? "", room).padEnd(room))
      .join(" ".repeat(gap))
      .trimEnd();
  return `${all.map(line).join("\n")}\n`;
}

/** The widths of the columns that there is room for, from the left. */
function fitted(needs: number[], width: number): number[] {
  for (let count = needs.length; count > 1; count -= 1) {
    const before = needs.slice(0, count - 1).reduce((sum, need) => sum + need + gap, 0);
    const last = needs[count - 1]!;
    const room = width - before;
    if (room >= last) return needs.slice(0, count);
    if (room >= Math.min(last, leastLast) && count > 2) return [...needs.slice(0, count - 1), room];
  }
  return [Math.min(needs[0]!, Math.max(1, width))];
}

/** At most so many characters, and a sign where some are missing. */
export function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
