// Part of `npm run check`: fails where a file of src imports what test/house/house.ts does not let it.
import { homes, house } from "../test/house/house.ts";
import { readImports } from "../test/house/imports.ts";
import { faultsOf } from "../test/house/judge.ts";

const faults = faultsOf(readImports(), house, homes);
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error("Who may import whom stands in test/house/house.ts; docs/architecture.md says why.");
  process.exitCode = 1;
}
