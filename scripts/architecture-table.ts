// The table of folders in docs/architecture.md, made from the table that `npm run check` holds.
import { house } from "../test/house/house.ts";

export function architectureTable(): string {
  const rows = Object.entries(house).map(([folder, { what, imports }]) => {
    const name = folder === "." ? "src/main*.ts" : `src/${folder}`;
    return `| \`${name}\` | ${what} | ${imports.map((one) => (one === "." ? "main*.ts" : one)).join(", ")} |`;
  });
  return `| folder | what | imports |\n|---|---|---|\n${rows.join("\n")}\n`;
}
