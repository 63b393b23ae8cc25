import { existsSync } from "node:fs";
import { bringsTokenizers, encodingsTarget, encodingsVariable, readsTokenizers } from "../../catalog/tokenizers.ts";
import { parseConfig } from "../../config/load.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { writeOwn } from "../own.ts";
import { type SetupContext, type Step, skip, there, todo } from "../step.ts";

export const configuration: Step = {
  name: "configuration",
  plan(context) {
    const { layout, served, models, env } = context;
    const file = layout.configFile;
    if (existsSync(file)) {
      const unlisted = served === null ? [] : models.filter(({ id }) => !served.some((other) => other.id === id));
      if (unlisted.length === 0) return [there(file)];
      return [skip(`${file} is yours and stays: add ${namesOf(unlisted)} to its \`models:\``)];
    }
    const text = hearthYaml(context);
    // What set-up writes must be right.
    parseConfig(text, file, { cwd: layout.root, env });
    const list = served === null ? "every model that runs here" : namesOf(served);
    return [
      todo(`write ${file}, with ${list}`, () => {
        writeOwn(context, file, text);
        return `wrote ${file}, with ${list}`;
      }),
    ];
  },
};

function namesOf(models: ModelSpec[]): string {
  return models.map(({ id }) => id).join(", ");
}

function hearthYaml(context: SetupContext): string {
  const { served, models } = context;
  const head = [
    "# Made by `hearth setup`; it is yours now. Every option: hearth.example.yaml. `hearth check` says what is wrong.",
    "# A running Hearth applies changes at once.",
  ];
  if (served === null) {
    const first = models[0]?.id ?? "gpt-oss-20b";
    return [
      ...head,
      "",
      "# Without a list: every model of the catalog that runs here.",
      "#models:",
      `#  - ${first}`,
      "",
    ].join("\n");
  }
  return [...head, "", "models:", ...served.flatMap((spec) => entry(spec, context)), ""].join("\n");
}

function entry(spec: ModelSpec, { tracks, layout }: SetupContext): string[] {
  const wantsFiles = spec.runtime.kind === "container" && readsTokenizers(spec) && !bringsTokenizers(spec, tracks);
  if (!wantsFiles) return [`  - ${spec.id}`];
  return [
    `  - use: ${spec.id}`,
    "    runtime:",
    `      env: { ${encodingsVariable}: ${encodingsTarget} }`,
    "      mounts:",
    `        - { source: ${JSON.stringify(layout.encodings)}, target: ${encodingsTarget}, readOnly: true }`,
  ];
}
