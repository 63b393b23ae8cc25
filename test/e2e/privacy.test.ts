import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { test } from "../support/e2e.ts";
import { testKey } from "../support/hearth-client.ts";

test("no prompt, no answer and no key is in any log, database or file, even at level debug", async ({ start }) => {
  const hearth = await start({ models: [{ id: "a" }, { id: "broken", engine: ["--crash-at-start"] }] });
  const prompt = "MARKER-OF-THE-PROMPT";
  const answer = "MARKER-OF-THE-ANSWER";
  const messages = [{ role: "user", content: prompt }];
  const say = { say: answer, tokens: 4 };
  expect((await hearth.chat("a", { messages, fake: say })).text).toContain(answer);
  const broken = await hearth.stream("a", { messages, fake: { ...say, fate: "crash", after: 2 } });
  await broken.ended;
  await hearth.chat("a", { messages, fake: { fate: "crash", after: "headers" } });
  await hearth.chat("broken", { messages });
  await hearth.chat("no-such-model", { messages });
  for (const path of ["/v1/models", "/nowhere", "/v1/no-such/chat/completions"]) {
    await hearth.send(`/k/${testKey}${path}`, { method: "POST", key: null });
  }
  await hearth.post("/v1/chat/completions", `{"model":"a","messages":[{"content":"${prompt}"`);
  await hearth.chat("a", { messages, max_tokens: 100_000 });
  await hearth.kill("SIGTERM");
  const files = filesUnder(join(hearth.home, "home"));
  expect(files.length).toBeGreaterThan(0);
  for (const [name, text] of [["the log", hearth.log] as const, ...files]) {
    for (const secret of [prompt, answer, testKey]) expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});

function filesUnder(folder: string): (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, "latin1")] as const);
}
