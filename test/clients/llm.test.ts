import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { connectedFolders } from "./support/agent-folders.ts";
import { model, pixel, test } from "./support/clients-test.ts";
import { installedPython } from "./support/python-packages.ts";

const packages = await installedPython("llm");
const connected = connectedFolders("llm");

describe.skipIf("missing" in packages)("llm", () => {
  const env = { PYTHONPATH: "missing" in packages ? "" : packages.folder };
  const command = (...args: string[]) => ({
    program: "python3",
    args: ["-m", "llm", "--model", `hearth/${model}`, ...args],
    env,
  });

  test("asks from the command line, with an image, and the first question starts the model", async ({ scripted }) => {
    const hearth = await scripted({ loadMs: 3500, script: { turns: [], plain: { say: "pixel", tokens: 1 } } });
    const { cwd, run } = await connected(hearth);
    writeFileSync(join(cwd, "image.png"), pixel);
    const llm = run(command("--attachment", "image.png", "What is this?"));
    expect((await llm.ends()).code, llm.log).toBe(0);
    expect(llm.out).toContain("pixel");
    expect(JSON.stringify(hearth.sent())).toContain(pixel.toString("base64"));
    expect(hearth.server.stats(model, "start")).toHaveLength(1);
  });

  test("gets an answer by a schema", async ({ scripted }) => {
    const hearth = await scripted({ script: { turns: [], plain: { say: '{"name":"Ada","age":36}', tokens: 1 } } });
    const { run } = await connected(hearth);
    const llm = run(command("--schema", "name, age int", "Who?"));
    expect((await llm.ends()).code, llm.log).toBe(0);
    expect(JSON.parse(llm.out)).toEqual({ name: "Ada", age: 36 });
    expect(hearth.sent().at(-1)!.body.response_format.type).toBe("json_schema");
  });
});
