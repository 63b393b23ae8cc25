// The text of src/domain/fixup-name.ts, made from the fixups themselves.
import { fixupCatalogue } from "../src/gateway/fit/fixups/catalogue.ts";

export function fixupNameFile(): string {
  const { ofRequests, ofAnswers } = fixupCatalogue;
  const names = [...ofRequests, ...ofAnswers].map(({ name }) => `  "${name}",\n`);
  return `// Made by \`npm run generate\` from src/gateway/fit/fixups; edit those.
/** Corrections that a model's requests, or its answers, may need: docs/fixups.md. The catalog says which, the gateway how. */
export const fixupNames = [
${names.join("")}] as const;

export type FixupName = (typeof fixupNames)[number];
`;
}
