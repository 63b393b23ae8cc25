// The text of docs/routes.md, made from the lists that the server routes by and from the control API's own description.
import { controlPrefix } from "../src/control/control.ts";
import type { Api } from "../src/gateway/dialects/api.ts";
import { apis } from "../src/gateway/dialects/apis.ts";
import { ownRoutes } from "../src/gateway/routes/own-routes.ts";
import { controlDocument } from "./control-document.ts";

const consolePage = { method: "GET", path: "/", open: true, what: "the console, which asks for an admin key itself" };
const operations = controlOperations();

export function routesPage(): string {
  return `<!-- Made by \`npm run generate\` from src/gateway/dialects, src/gateway/routes and src/control; edit those. -->
# Routes

[HTTP](http.md) says how they behave, with examples; [errors](errors.md) what they answer when something is wrong. The model stands in the
body, at \`{model}\`, or behind \`/v1\` as in \`/v1/{model}/chat/completions\`, which wins over the body; slashes of an id may be
percent-encoded or not. *Open* routes need no key.

${apis.map(apiSection).join("\n\n")}

## Hearth's own

${table([consolePage, ...ownRoutes])}

## Control

Below \`${controlPrefix}\`, for admin keys; \`${controlPrefix}/openapi.json\` describes them to the last field.

${table(operations)}
`;
}

function apiSection({ name, summary, relayed, local }: Api): string {
  const paths = ({ path, also = [] }: { path: string; also?: string[] }) => [path, ...also];
  return `## ${name}

${summary}

${table([
  ...relayed.map((route) => ({ ...route, method: "POST", path: paths(route) })),
  ...local.map((route) => ({ ...route, path: paths(route) })),
])}`;
}

interface Row {
  method: string;
  path: string | string[];
  what: string;
  open?: boolean;
}

function table(rows: Row[]): string {
  const lines = rows.map(({ method, path, what, open = false }) => {
    const paths = [path].flat().map((one) => `\`${one}\``);
    return `| ${method} | ${paths.join(", ")} | ${what}${open ? " (*open*)" : ""} |`;
  });
  return `| method | path | what |\n|---|---|---|\n${lines.join("\n")}`;
}

/** What the control API says of itself. */
function controlOperations(): Row[] {
  return Object.entries(controlDocument.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary }]) => ({ method: method.toUpperCase(), path, what: summary })),
  );
}
