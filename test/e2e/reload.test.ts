import { hash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("a changed configuration is applied while running", () => {
  test("models that did not change keep running, and streams go on", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b" }] });
    const stream = await hearth.stream("a", { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.writeModels([{ id: "a" }, { id: "c" }]);
    await hearth.until("the new model", async () => (await hearth.get("/v1/models/c")).status === 200);
    expect((await hearth.get("/v1/models/b")).status).toBe(404);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(stream.words).toBe("word1 word2 word3 word4 ");
    expect((await hearth.chat("a")).status).toBe(200);
    expect((await hearth.chat("c")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("a model that changed finishes its answer on the old engine, and answers the next one on a new", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const stream = await hearth.stream("a", { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.writeModels([{ id: "a", engine: ["--tokens", "2"] }]);
    await hearth.until("the drain", async () => (await hearth.model("a")).state === "draining");
    const next = hearth.chat("a");
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    expect((await next).json.usage.completion_tokens).toBe(2);
    expect(hearth.stats("a", "start")).toHaveLength(2);
  });

  test("a budget that is lowered stops the engine that costs the least to bring back, and leaves the other", async ({
    start,
  }) => {
    const models = ["a", "b"].map((id) => ({ id, memory: "400MiB" }));
    const hearth = await start({ models });
    await hearth.chat("a");
    const stream = await hearth.stream("b", { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.writeConfig({ models, config: { memory: { budget: "500MiB", floor: "64MiB" } } });
    await hearth.untilState("a", "absent");
    expect((await hearth.model("b")).state).toBe("ready");
    await hearth.openGate("b", "long");
    expect(await stream.ended).toBe("whole");
    expect([hearth.stats("a", "sigterm").length, hearth.stats("b", "sigterm").length]).toEqual([1, 0]);
  });

  test("a model that was removed finishes its answer and is gone", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b" }] });
    const stream = await hearth.stream("a", { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    hearth.writeModels([{ id: "b" }]);
    await hearth.until("its removal", async () => (await hearth.chat("a")).status === 404);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    await hearth.until("its engine to be gone", async () => hearth.leftovers().length === 0);
  });

  test("a bad file is refused with its place, and the old configuration stays", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    await hearth.chat("a");
    writeFileSync(hearth.configFile, "models:\n  - id: a\n    runtime: { kind: proces }\n");
    await hearth.until("the refusal", async () => /hearth\.yaml:3:\d+/.test(hearth.log));
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
    hearth.writeModels([{ id: "a" }, { id: "later" }]);
    await hearth.until("the mended file", async () => (await hearth.get("/v1/models/later")).status === 200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("a file with another key and an unknown model changes nothing: the old key works on, the new one does not", async ({
    start,
  }) => {
    const hashOf = (secret: string) => `sha256:${hash("sha256", secret)}`;
    const keys = (secret: string) => [{ name: "family", hash: hashOf(secret) }];
    const models = [{ id: "a" }];
    const hearth = await start({ models, config: { keys: keys("old") } });
    const status = async (key: string) => (await hearth.get("/v1/models", { key })).status;
    expect([await status("old"), await status("new")]).toEqual([200, 401]);
    hearth.writeConfig({ models: [...models, "no-such-model"], config: { keys: keys("new") } });
    await hearth.until("the refusal", async () => /refused, the old one stays:.*no-such-model/.test(hearth.log));
    expect([await status("old"), await status("new")]).toEqual([200, 401]);
    hearth.writeConfig({ models, config: { keys: keys("new") } });
    await hearth.until("the mended file", async () => (await status("new")) === 200);
    expect(await status("old")).toBe(401);
  });

  test("a bad file at the start is refused with file, line, column and the nearest valid name", async ({ start }) => {
    const hearth = await start({ config: { polcy: { idleStop: "1s" } } });
    const { code } = await hearth.exited;
    expect(code).not.toBe(0);
    expect(hearth.log).toMatch(/hearth\.yaml:\d+:\d+/);
    expect(hearth.log).toContain("polcy");
    expect(hearth.log).toContain("policy");
  });
});
