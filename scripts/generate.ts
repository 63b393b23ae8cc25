// `npm run generate`: writes every file that is made from the code. `npm test` fails while one is stale.
import { writeFileSync } from "node:fs";
import { fixupNameFile } from "./fixup-name-file.ts";

// Before the rest is loaded: that reads the catalog, whose models may name a fixup that is new.
writeFileSync(new URL("../src/domain/fixup-name.ts", import.meta.url), fixupNameFile());
const { generatedFiles } = await import("./generated.ts");

for (const { path, name, present, made } of generatedFiles()) {
  if (made !== present) writeFileSync(path, made);
  console.log(made === present ? name : `${name} (changed)`);
}
