// Every file that is made from the code: what stands in it now goes in, what should stand there comes out.
import { existsSync, readFileSync } from "node:fs";
import { catalogJsonSchemas } from "../src/catalog/json-schemas.ts";
import { configJsonSchema } from "../src/config/json-schema.ts";
import { architectureTable } from "./architecture-table.ts";
import { commandsPage } from "./commands-page.ts";
import { configurationPage } from "./configuration-page.ts";
import { consoleApi } from "./console-api.ts";
import { errorPage } from "./error-page.ts";
import { fixupNameFile } from "./fixup-name-file.ts";
import { fixupsPage } from "./fixups-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { modelsPage } from "./models-page.ts";
import { dashboard } from "./monitoring-dashboard.ts";
import { routesPage } from "./routes-page.ts";

const generated: Record<string, (text: string) => string> = {
  "console/src/api/schema.ts": consoleApi,
  "deploy/monitoring/dashboard.json": () => json(dashboard()),
  "docs/architecture.md": (text) => withPart(text, "folders", architectureTable()),
  "docs/commands.md": commandsPage,
  "docs/configuration.md": configurationPage,
  "docs/errors.md": errorPage,
  "docs/fixups.md": fixupsPage,
  "docs/models.md": modelsPage,
  "docs/metrics.md": metricsPage,
  "docs/routes.md": routesPage,
  "schema/engine.schema.json": () => json(catalogJsonSchemas().engine),
  "schema/hearth.schema.json": () => json(configJsonSchema()),
  "schema/image.schema.json": () => json(catalogJsonSchemas().image),
  "schema/model.schema.json": () => json(catalogJsonSchemas().model),
  "src/domain/fixup-name.ts": fixupNameFile,
};

export interface GeneratedFile {
  path: URL;
  name: string;
  /** What stands in it; empty where it is not there yet. */
  present: string;
  /** What belongs there. */
  made: string;
}

export function generatedFiles(): GeneratedFile[] {
  return Object.entries(generated).map(([name, make]) => {
    const path = new URL(`../${name}`, import.meta.url);
    const present = existsSync(path) ? readFileSync(path, "utf8") : "";
    return { path, name, present, made: make(present) };
  });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A page written by hand with one part that is not: the lines between the comment that ends in `: <name>` and its end. */
function withPart(page: string, name: string, part: string): string {
  const edges = new RegExp(`(<!-- Made by .*: ${name} -->\n)[^]*?(<!-- end: ${name} -->)`);
  if (!edges.test(page)) throw new Error(`No place for "${name}" in the page.`);
  return page.replace(edges, (_, start: string, end: string) => `${start}\n${part}\n${end}`);
}
