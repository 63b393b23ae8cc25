import { describe, expect } from "vitest";
import type { Script } from "../support/fake-engine/script.ts";
import { model, test } from "./support/clients-test.ts";
import { pythonSdk } from "./support/python-sdk.ts";

const { name, install, connect } = pythonSdk({
  name: "instructor",
  packages: "instructor",
  program: "instructor_person.py",
  retries: true,
});
const packages = await install();
const ada = { name: "Ada", age: 36 };

describe(name, () => {
  const modes: [string, Script][] = [
    ["tools", { turns: [{ tokens: 0, calls: [{ name: "Person", arguments: ada }] }] }],
    ["schema", { turns: [], plain: { say: JSON.stringify(ada), tokens: 1 } }],
  ];
  test.for(modes)("gets an object by way of %s", async ([mode, script], { scripted, skip }) => {
    if ("missing" in packages) return skip(packages.missing);
    const hearth = await scripted({ script });
    const client = await connect(packages, { origin: hearth.origin, key: hearth.key, model }, 0);
    expect(JSON.parse(await client.whole({ text: `${mode} Who was the first programmer?` }))).toEqual(ada);
  });
});
