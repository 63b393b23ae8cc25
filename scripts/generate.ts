// `npm run generate`: writes every file that is made from the code. `npm test` fails while one is stale.
import { writeFileSync } from "node:fs";
import { generatedFiles } from "./generated.ts";

for (const { path, name, present, made } of generatedFiles()) {
  if (made !== present) writeFileSync(path, made);
  console.log(made === present ? name : `${name} (changed)`);
}
