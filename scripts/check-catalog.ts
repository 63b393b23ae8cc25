// Part of `npm run check`: reads the whole catalog, which refuses whatever can be wrong without a GPU.
import { readCatalog } from "../src/catalog/catalog.ts";
import { ConfigError } from "../src/config/issue.ts";

try {
  readCatalog();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
