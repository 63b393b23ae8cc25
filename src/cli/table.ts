/** Rows under a header, as wide as they need to be; the first column is what people search for. */
export function table(header: string[], rows: string[][]): string {
  const all = [header.map((title) => title.toUpperCase()), ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return `${all.map(line).join("\n")}\n`;
}
