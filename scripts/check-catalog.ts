// Part of `npm run check`: reads the whole catalog, which refuses whatever can be wrong without a GPU.
import { readCatalog } from "../src/catalog/catalog.ts";
import { ConfigError } from "../src/config/issue.ts";
import { catalogProof } from "./catalog-proof.ts";

try {
  const { faults, summary } = catalogProof(readCatalog());
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(summary);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
