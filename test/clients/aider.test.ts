import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { connectedFolders } from "./support/agent-folders.ts";
import { model, test, tooLong } from "./support/clients-test.ts";
import { installedPython } from "./support/python-packages.ts";

const packages = await installedPython("aider");
const connected = connectedFolders("aider");

/** It edits by text: the engine's answer is a whole file. */
const poem = "poem.txt\n```\nThe sea is wide.\n```\n";

describe.skipIf("missing" in packages)("aider", () => {
  const folder = "missing" in packages ? "" : packages.folder;
  const command = (prompt: string) => ({
    program: "python3",
    args: [
      "-m",
      "aider",
      "--yes-always",
      "--no-check-update",
      "--no-show-release-notes",
      "--message",
      prompt,
      "poem.txt",
    ],
    env: { PYTHONPATH: folder, AIDER_EDIT_FORMAT: "whole", LITELLM_LOCAL_MODEL_COST_MAP: "True" },
  });

  test("edits a file, with the first request starting the model", async ({ scripted }) => {
    const hearth = await scripted({
      loadMs: 3500,
      context: 131_072,
      script: { turns: [], plain: { say: poem, tokens: 1 } },
    });
    const { cwd, run } = await connected(hearth);
    execFileSync("git", ["init", "--quiet"], { cwd });
    writeFileSync(join(cwd, "poem.txt"), "");
    const aider = run(command("Write poem.txt"));
    expect((await aider.ends()).code, aider.log).toBe(0);
    expect(readFileSync(join(cwd, "poem.txt"), "utf8")).toBe("The sea is wide.\n");
    expect(hearth.server.stats(model, "start")).toHaveLength(1);
  });

  test("knows a full window as what it is", async ({ scripted }) => {
    const hearth = await scripted();
    const { cwd, run } = await connected(hearth);
    execFileSync("git", ["init", "--quiet"], { cwd });
    const aider = run(command(tooLong));
    await aider.ends();
    expect(aider.log).toMatch(/exceeds the .*token limit|context window|ContextWindowExceeded/);
    expect(hearth.server.stats(model, "start")).toEqual([]);
  });
});
