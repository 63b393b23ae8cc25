import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { spawnEngine } from "../../test/support/engine/engine-process.ts";

const entry = new URL("main.ts", import.meta.url).pathname;

describe("the engine's process", () => {
  it("is loading, then ready, answers only to its key, and ends at SIGTERM in the middle of an answer", async () => {
    const engine = await spawnEngine({ variant: "random", key: "secret" });
    const early = await engine.get("/health");
    expect(early.status === 200 || (early.status === 503 && typeof early.body.percent === "number")).toBe(true);
    await engine.ready();
    expect((await fetch(`${engine.origin}/health`)).status).toBe(200);

    for (const authorization of ["", "Bearer wrong", "secret"]) {
      const refused = await fetch(`${engine.origin}/v1/models`, { headers: { authorization } });
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ error: { code: "invalid_api_key" } });
    }
    expect((await engine.get("/v1/models")).body.data).toMatchObject([{ id: "tiny", max_model_len: 512 }]);

    const prompt = "a prompt that must not be logged";
    const body = JSON.stringify({ prompt, max_tokens: 500, stream: true });
    const answer = await engine.fetch("/v1/completions", { method: "POST", body });
    await answer.body!.getReader().read();
    expect(await engine.stop()).toBe(0);
    expect(engine.log).not.toContain("logged");
  });

  it("says 503 to everything but health while the model loads", async () => {
    const engine = await spawnEngine();
    const chat = await engine.post("/v1/chat/completions", {});
    // A fast machine may have loaded it by now: then the same request is a bad one.
    expect([503, 400]).toContain(chat.status);
    if (chat.status === 503) expect(chat.body.error.code).toBe("model_loading");
    await engine.stop("SIGKILL");
  });

  it("ends with code 2 and its usage when a flag is wrong", () => {
    const { status, stderr } = spawnSync(process.execPath, [entry, "--port", "1"], { encoding: "utf8" });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/--model-file is missing.*usage:/s)]);
  });

  it("ends with code 1 when the file is no model", () => {
    const flags = ["--model-file", entry, "--model-id", "m", "--port", "0"];
    const { status, stderr } = spawnSync(process.execPath, [entry, ...flags], { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toContain("GGUF");
  });
});
