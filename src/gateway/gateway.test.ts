import { expect } from "vitest";
import { test } from "../../test/support/gateway/harness.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";

const answer = JSON.stringify({ choices: [{ message: { content: "hello" } }] });

test("a chat reaches the engine of its model, under the engine's key and name, and its answer comes back", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  });
  const link = new TestLink({ id: "small", aliases: ["s"] });
  link.engine("small", engine.origin, { servedName: "org/small" });
  const { client } = await serve(link);
  const { status, text, headers } = await client.chat("s", { temperature: 0.5 });
  expect([status, text]).toEqual([200, answer]);
  expect(headers).toMatchObject({ "x-hearth-model": "small", "x-hearth-wait-ms": expect.stringMatching(/^\d+$/) });
  const { request, body } = engine.seen[0]!;
  expect(request.headers.authorization).toBe("Bearer engine-key");
  expect(JSON.parse(body.toString())).toMatchObject({ model: "org/small", temperature: 0.5 });
  expect(link.asked).toMatchObject([{ request: { id: headers["x-request-id"], model: "small" }, released: "done" }]);
});

test("the model may stand in the path, with or without its slashes encoded", async ({ serve, stub }) => {
  const engine = await stub((_, request, response) => response.end(request.url));
  const link = new TestLink({ id: "org/small" });
  link.engine("org/small", engine.origin);
  const { client } = await serve(link);
  for (const name of ["org/small", "org%2Fsmall"]) {
    const { status, text } = await client.post(`/v1/${name}/chat/completions?x=1`, { messages: [] });
    expect([status, text]).toEqual([200, "/v1/chat/completions?x=1"]);
  }
  expect(engine.seen.map(({ body }) => JSON.parse(body.toString()).model)).toEqual(["org/small", "org/small"]);
});

test("closing waits for running answers, and not for connections that clients merely keep", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => void response.writeHead(200).write("begun, "));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client, app } = await serve(link);
  expect((await client.get("/healthz")).status).toBe(200);
  const stream = await client.stream("a");
  await stream.until("its begin", ({ text }) => text !== "");
  const closed = app.close();
  await expect(client.get("/healthz")).rejects.toThrow();
  engine.seen[0]!.response.end("ended");
  expect([await stream.ended, stream.text]).toEqual(["whole", "begun, ended"]);
  await closed;
});
