// `npm run generate`: writes every file that is made from the code. A test beside each one fails while it is stale.
import { writeFileSync } from "node:fs";
import { configJsonSchema } from "../src/config/json-schema.ts";
import { configurationPage } from "./configuration-page.ts";
import { errorPage } from "./error-page.ts";
import { fixupsPage } from "./fixups-page.ts";
import { modelsPage } from "./models-page.ts";

const generated: Record<string, () => string> = {
  "docs/configuration.md": configurationPage,
  "docs/errors.md": errorPage,
  "docs/fixups.md": fixupsPage,
  "docs/models.md": modelsPage,
  "schema/hearth.schema.json": () => `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
};

for (const [path, make] of Object.entries(generated)) {
  writeFileSync(new URL(`../${path}`, import.meta.url), make());
  console.log(path);
}
