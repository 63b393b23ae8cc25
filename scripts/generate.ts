// `npm run generate`: writes every file that is made from the code. A test beside each one fails while it is stale.
import { writeFileSync } from "node:fs";
import { errorPage } from "./error-page.ts";

const generated: Record<string, () => string> = {
  "docs/errors.md": errorPage,
};

for (const [path, make] of Object.entries(generated)) {
  writeFileSync(new URL(`../${path}`, import.meta.url), make());
  console.log(path);
}
