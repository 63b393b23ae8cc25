import { createHash } from "node:crypto";
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { hashedKey, testKey } from "../support/hearth-client.ts";

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

describe.concurrent("the relay", () => {
  test("leaves a body's bytes untouched: unknown fields, order, spaces, numbers, escapes, duplicates", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const body =
      '{ "n":1e400,"seed":12345678901234567890, "model" : "a",\n\t"x_new":{"deep":[1,{"model":"no"}]},' +
      '"text":"\\u00fc\\ud83d\\ude00 ü😀","dup":1,"dup":2,"fake":{"echo":true} }\n';
    const { json } = await hearth.post("/v1/completions", body);
    expect(Buffer.from(json.base64, "base64").toString("utf8")).toBe(body);
    expect(json.sha256).toBe(sha256(body));
  });

  test("leaves a multipart body untouched, boundary and binary parts included", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const sound = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256));
    const boundary = "----a b'c";
    const part = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
    const body = Buffer.concat([
      Buffer.from(`${part("file")}; filename="x.wav"\r\nContent-Type: audio/wav\r\n\r\n`),
      sound,
      Buffer.from(`\r\n${part("model")}\r\n\r\na\r\n--${boundary}--\r\n`),
    ]);
    const { status, json } = await hearth.post("/v1/audio/transcriptions", body, {
      headers: { "content-type": `multipart/form-data; boundary="${boundary}"`, "x-fake-echo": "1" },
    });
    expect(status).toBe(200);
    expect([json.bytes, json.sha256]).toEqual([body.length, sha256(body)]);
    expect(json.headers["content-type"]).toBe(`multipart/form-data; boundary="${boundary}"`);
  });

  test("passes a body of one megabyte, and an answer of thousands of chunks, whole", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", context: 2_000_000 }] });
    const prompt = "x".repeat(1024 * 1024);
    const echo = await hearth.post("/v1/completions", { model: "a", prompt, fake: { echo: true } });
    expect(echo.json.bytes).toBeGreaterThan(prompt.length);
    const stream = await hearth.stream("a", { fake: { tokens: 5000 } });
    expect(await stream.ended).toBe("whole");
    expect(stream.words.trim().split(" ")).toHaveLength(5000);
  });

  test("a client's key never reaches the engine, in whatever header it came", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const own = await hearth.chat("a", { fake: { echo: true } });
    const other = await hearth.chat("a", { fake: { echo: true } }, { key: null, headers: { "x-api-key": testKey } });
    for (const { status, json } of [own, other]) {
      expect(status).toBe(200);
      expect(JSON.stringify(json.rawHeaders)).not.toContain(testKey);
      expect(json.headers.authorization).toMatch(/^Bearer .{16,}/);
    }
    expect(own.json.headers.authorization).toBe(other.json.headers.authorization);
  });

  test("the engine sees the client's own headers, one request id, and no hop-by-hop ones", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const headers = { "x-mine": "1", "x-request-id": "mine-123", "user-agent": "me/1", cookie: "secret=1" };
    const { json, headers: back } = await hearth.chat("a", { fake: { echo: true } }, { headers });
    expect(json.headers["x-mine"]).toBe("1");
    expect(json.headers["x-request-id"]).toBe(back["x-request-id"]);
    expect(json.headers.cookie).toBeUndefined();
  });

  test("a model that a key may not use is refused, and not listed", async ({ start }) => {
    const hearth = await start({
      config: { keys: [hashedKey("child", { models: ["small-*"] })] },
      models: [{ id: "small-a" }, { id: "big" }],
    });
    const child = { key: "child" };
    expect((await hearth.chat("small-a", {}, child)).status).toBe(200);
    const refused = await hearth.chat("big", {}, child);
    expect([refused.status, refused.json.error.code]).toEqual([404, "model_not_found"]);
    const { json } = await hearth.get("/v1/models", child);
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual(["small-a"]);
    expect(hearth.stats("big")).toEqual([]);
  });

  test("browsers of this machine may call it, others may not", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const preflight = (origin: string) =>
      hearth.send("/v1/chat/completions", {
        method: "OPTIONS",
        key: null,
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      });
    const own = await preflight("http://localhost:3000");
    expect(own.status).toBeLessThan(300);
    expect(own.headers["access-control-allow-origin"]).toBe("http://localhost:3000");
    expect((await preflight("vscode-webview://abc")).headers["access-control-allow-origin"]).toBe(
      "vscode-webview://abc",
    );
    expect((await preflight("https://evil.example")).headers["access-control-allow-origin"]).toBeUndefined();
  });
});
