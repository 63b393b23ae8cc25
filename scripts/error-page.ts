// The text of docs/errors.md, made from the catalogue that the server answers with.
import { problemCatalogue } from "../src/domain/problem.ts";

export function errorPage(): string {
  const rows = Object.entries(problemCatalogue).map(
    ([code, { status, kind, means, remedy }]) => `| \`${code}\` | ${status} | \`${kind}\` | ${means} | ${remedy} |`,
  );
  return `<!-- Made by \`npm run generate\` from src/domain/problem.ts; edit that. -->
# Errors

Every error that Hearth itself makes is JSON, never HTML and never empty:

\`\`\`json
{ "error": { "message": "No model here is called \\"gpt-os-20b\\". Nearest: gpt-oss-20b.", "type": "invalid_request_error", "code": "model_not_found", "param": "model" } }
\`\`\`

\`message\` is for people and says what to do next; \`code\` is for programs and stable; \`type\` groups the codes; \`param\` is
the field at fault, or null. 429 and 503 carry \`Retry-After\` in seconds wherever an honest estimate exists. Errors that
an engine itself answers (a parameter that it does not know, for example) are passed on as they are.

After a stream has begun its status cannot change: a failure is then an event \`data: {"error": ...}\` with the same object,
and the connection is cut without the stream's proper end. An answer that broke never looks complete.

| code | status | type | what it means | what to do |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
