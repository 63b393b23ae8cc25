// console/src/api/schema.ts: the control API's types, made from its OpenAPI document.
import { createRequire } from "node:module";
import { controlDocument } from "./control-document.ts";

/** A tool of the console's package, which brings the compiler that it needs. */
const { default: openapiTS, astToString } = createRequire(new URL("../console/package.json", import.meta.url))(
  "openapi-typescript",
) as {
  default: (document: object, options: object) => Promise<unknown>;
  astToString: (ast: unknown) => string;
};

const types = astToString(await openapiTS(structuredClone(controlDocument), { defaultNonNullable: false }));

export function consoleApi(): string {
  return `// Made by \`npm run generate\` from src/control; edit that.\n${types}`;
}
