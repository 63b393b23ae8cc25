// The text of docs/fixups.md, made from the fixups themselves and the catalog that chooses them.
import { readCatalog } from "../src/catalog/catalog.ts";
import { type DocumentedFixup, fixupCatalogue } from "../src/gateway/fit/fixups/catalogue.ts";

export function fixupsPage(): string {
  const { forEveryModel, ofRequests, ofAnswers } = fixupCatalogue;
  return `<!-- Made by \`npm run generate\` from src/gateway/fit/fixups and catalog/models; edit those. -->
# Fixups

A fixup is one named correction of what a model's quirks would break. The catalog says which a model needs, and \`fixups:\` of a
model in [hearth.yaml](configuration.md) says so of your own, or otherwise. They work on chats, in whichever API they are asked.

- \`x-hearth-fixups\` in an answer names those that changed something; \`hearth_fixups_total\` counts them by model and name.
- A request that needs no correction goes to the engine byte for byte. Fields that a fixup does not know stay as they are.
- \`x-hearth-fixups: none\` in a request turns them off for it, \`fixups: off\` of a key for all of that key's.

## For every model

${forEveryModel.map((fixup) => section(fixup)).join("\n\n")}

## Of requests, where a model needs them

In the order in which they are applied.

${ofRequests.map((fixup) => section(fixup, users(fixup.name))).join("\n\n")}

## Of answers, where a model needs them

Counted in \`hearth_fixups_total\`, and not named in a header: a stream's headers come before its words.

${ofAnswers.map((fixup) => section(fixup, users(fixup.name))).join("\n\n")}
`;
}

function section({ name, about, example }: DocumentedFixup, by = ""): string {
  return `### \`${name}\`

${about}${by}

\`\`\`json
${shown(example.before)}
\`\`\`

becomes

\`\`\`json
${shown(example.after)}
\`\`\``;
}

function users(name: string): string {
  const ids = [...readCatalog().values()]
    .filter(({ fields }) => fields.fixups?.some((one) => one === name))
    .map(({ id }) => id);
  return ids.length === 0 ? "\n\nNo model of the catalog needs it." : `\n\nIn the catalog: ${ids.sort().join(", ")}.`;
}

/** One line per field, however deep the value. */
function shown(value: object): string {
  const fields = Object.entries(value).map(([name, inner]) => `  ${JSON.stringify(name)}: ${JSON.stringify(inner)}`);
  return `{\n${fields.join(",\n")}\n}`;
}
