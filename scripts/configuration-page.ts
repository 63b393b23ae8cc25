// The text of docs/configuration.md, made from the schema that checks hearth.yaml.
import { otherVariables } from "../src/config/environment.ts";
import { type Option, optionsOf } from "../src/config/options.ts";
import { type RuntimeKind, runtimeKinds } from "../src/config/schema/runtime.ts";

const sections: { title: string; text: string; has: (path: string) => boolean }[] = [
  // What belongs to no other.
  { title: "Server", text: "", has: (path) => !sections.slice(1).some(({ has }) => has(path)) },
  { title: "Memory", text: "", has: (path) => path.startsWith("memory.") },
  { title: "Policy", text: "When models start, stop and make room.", has: (path) => path.startsWith("policy.") },
  {
    title: "Keys",
    text: "Keys that `hearth keys create` makes are kept in the database and need not stand here.",
    has: (path) => path.startsWith("keys"),
  },
  {
    title: "Models",
    text:
      "An entry takes a model of the catalog by `use`, and any field beside it overrides the catalog's; or it describes " +
      "a model of its own by `id`. The id of a catalog model alone is short for `use`.",
    has: (path) => path === "models" || /^models\[\]\.(?!runtime|weights)/.test(path),
  },
  {
    title: "How a model is run",
    text: "Options of the same name mean the same in every kind of runtime.",
    has: (path) => path.startsWith("models[].runtime"),
  },
  {
    title: "Where a model's weights come from",
    text: "A download is checked by size and SHA-256, goes on where it was cut, and is shared by everything that runs here.",
    has: (path) => path.startsWith("models[].weights"),
  },
  {
    title: "Virtual models",
    text:
      "A name that stands for several models. Each request goes to the one that suits it (images, tools, length) and can " +
      "answer soonest; `x-hearth-model` of the answer names it.",
    has: (path) => path.startsWith("virtual"),
  },
  { title: "Limits and browsers", text: "", has: (path) => /^(limits|cors)\./.test(path) },
];

export function configurationPage(): string {
  const options = optionsOf();
  const parts = sections.map(({ title, text, has }) => {
    const rows = options.filter(({ path }) => has(path.join("."))).map(row);
    return `## ${title}\n\n${text === "" ? "" : `${text}\n\n`}${rowsHead}\n${rows.join("\n")}`;
  });
  const variables = Object.entries(otherVariables).map(([name, text]) => `| \`${name}\` | ${text} |`);
  return `${introduction}\n${parts.join("\n\n")}\n\n${otherHead}\n${variables.join("\n")}\n`;
}

const rowsHead = "| option | takes | default | what |\n|---|---|---|---|";

function row(option: Option): string {
  const { path, env, description } = option;
  const variable = env === null ? "" : `<br>\`${env}\``;
  const what = kindsOf(path) + description;
  return `| \`${path.join(".")}\`${variable} | ${shortly(option.takes)} | ${fallback(option)} | ${what} |`;
}

/** Formats that are explained once, above. */
function shortly(takes: string): string {
  return takes.replace(/ such as .*/, "");
}

function fallback(option: Option): string {
  return option.default === undefined ? "" : `\`${JSON.stringify(option.default).replaceAll('"', "")}\``;
}

/** Runtime options that belong to some kinds only. */
function kindsOf([, group, name]: string[]): string {
  if (group !== "runtime" || name === "kind") return "";
  const all = Object.keys(runtimeKinds) as RuntimeKind[];
  const kinds = all.filter((kind) => name!.replace("[]", "") in runtimeKinds[kind]);
  return kinds.length === all.length ? "" : `(${kinds.join(", ")}) `;
}

const introduction = `<!-- Made by \`npm run generate\` from src/config/schema; edit that. -->
# Configuration

Hearth runs without any. What is to differ stands in \`hearth.yaml\`, in the working directory or in the state directory
(\`home\`), or in the file that \`--config\` or \`HEARTH_CONFIG\` names. [hearth.example.yaml](../hearth.example.yaml) shows every
option at its place; [schema/hearth.schema.json](../schema/hearth.schema.json) lets an editor complete and check them:

\`\`\`yaml
# yaml-language-server: $schema=schema/hearth.schema.json
\`\`\`

An environment variable, where an option has one, wins over the file; an empty one counts as not set. A list is written with
commas there: \`HEARTH_MODELS=gpt-oss-20b,smollm2\`.

An unknown option or a wrong value stops the start with file, line, column, what was expected and the nearest valid name;
\`hearth check\` says the same without starting anything. A changed file is applied while Hearth runs: models that did not
change keep running, and streams go on. A faulty file is refused as a whole and the old configuration stays. \`listen\`,
\`home\` and \`driver\` take effect at the next start.

**Durations** are numbers with units, \`500ms\`, \`240s\`, \`20m\`, \`1h30m\`, \`2d\`, or \`0\`. **Sizes** are \`8GiB\`, \`64MiB\` (powers of
1024), \`10GB\` (powers of 1000), or \`0\`. **Addresses** are \`127.0.0.1:8009\`, \`[::1]:8009\`, \`0.0.0.0:8009\` (every network), or a
port alone, which is on 127.0.0.1.
`;

const otherHead = "## Other environment variables\n\n| variable | what |\n|---|---|";
