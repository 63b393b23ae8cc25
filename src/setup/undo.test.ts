import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";
import { fakeContainers } from "../../test/support/setup/containers.ts";
import { setUpIn, summary, undoIn } from "../../test/support/setup/setup-folder.ts";
import { deploymentLayout, homeLayout } from "./layout.ts";
import { Manifest } from "./manifest.ts";

const named = ["qwen3.5-0.8b"];

test("takes away what was made and nothing else; keys stay", async () => {
  await withFolder(async (folder) => {
    const layout = deploymentLayout(join(folder, "deploy"));
    const containers = fakeContainers(["other:1"]);
    await setUpIn(layout, { named, containers });
    writeFileSync(join(layout.root, "mine.txt"), "mine");
    await undoIn(layout, { containers });
    expect(readdirSync(layout.root).sort()).toEqual([".env", ".hearth-setup.json", "mine.txt"]);
    expect([...containers.images]).toEqual(["other:1"]);
  });
});

test("--purge takes keys too, and then all is as before", async () => {
  await withFolder(async (folder) => {
    const layout = homeLayout(join(folder, "home"));
    await setUpIn(layout);
    expect(summary(await undoIn(layout, { purge: true }))).toEqual(["done file", "done keys", "done folder"]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("works in two goes: first without, then with the keys", async () => {
  await withFolder(async (folder) => {
    const layout = deploymentLayout(join(folder, "deploy"));
    await setUpIn(layout, { named });
    await undoIn(layout);
    await undoIn(layout, { purge: true });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a file that was changed since, and what was there before, stay", async () => {
  await withFolder(async (folder) => {
    const layout = homeLayout(folder);
    writeFileSync(layout.envFile, "HEARTH_API_KEY=mine\n");
    await setUpIn(layout);
    writeFileSync(layout.configFile, "models: [smollm2-135m-instruct]\n");
    const outcomes = await undoIn(layout, { purge: true });
    expect(outcomes).toMatchObject([{ status: "skipped", says: expect.stringContaining("changed since") }]);
    expect(readFileSync(layout.envFile, "utf8")).toBe("HEARTH_API_KEY=mine\n");
    expect(existsSync(layout.configFile)).toBe(true);
  });
});

test("a dry run says what would go", async () => {
  await withFolder(async (folder) => {
    const layout = homeLayout(join(folder, "home"));
    await setUpIn(layout);
    const before = readdirSync(layout.root);
    expect(summary(await undoIn(layout, { dryRun: true, purge: true }))).toEqual([
      "would file",
      "would keys",
      "would folder",
    ]);
    expect(readdirSync(layout.root)).toEqual(before);
  });
});

test("an image that is in use stays, with Docker's reason, and is tried again later", async () => {
  await withFolder(async (folder) => {
    const layout = homeLayout(join(folder, "home"));
    await setUpIn(layout, { named });
    const remove = async () => {
      throw new Error("image is being used by a running container");
    };
    const outcomes = await undoIn(layout, { containers: { ...fakeContainers(), remove } });
    expect(outcomes.find(({ step }) => step === "image")).toMatchObject({
      status: "failed",
      says: expect.stringContaining("being used"),
    });
    expect(new Manifest(layout.manifest).made.some(({ kind }) => kind === "image")).toBe(true);
  });
});

test("notes that are not ours are not believed", async () => {
  await withFolder(async (folder) => {
    const { manifest } = homeLayout(folder);
    writeFileSync(manifest, '{"made":[{"kind":"tree","path":"/"}]}');
    expect(() => new Manifest(manifest)).toThrow(/Move it away to begin anew/);
  });
});
