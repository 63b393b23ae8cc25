// The table of folders in docs/architecture.md, made from the table that `npm run check` holds.
import { house } from "../test/house/house.ts";

export function architectureTable(): string {
  const rows = Object.entries(house).map(([folder, { what, imports }]) => {
    const wing = `${folder.split("/")[0]}/`;
    const near = imports.map((other) => (other.startsWith(wing) ? other.replace(wing, "./") : other));
    return `| \`${shown(folder)}\` | ${what} | ${near.map(shown).join(", ")} |`;
  });
  return `| folder | what | imports |\n|---|---|---|\n${rows.join("\n")}\n`;
}

/** The files beside the folders have no folder to be called by. */
function shown(folder: string): string {
  return folder === "." ? "main*.ts" : folder;
}
