import { type FastifyInstance, fastify } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ApiError } from "./api-error.ts";
import { goneSignal, sendEvents } from "./event-stream.ts";

let app: FastifyInstance;

beforeEach(() => {
  app = fastify();
});

afterEach(() => app.close());

async function serve(events: (signal: AbortSignal) => AsyncGenerator<object>): Promise<Response> {
  app.get("/", (_request, reply) => sendEvents(reply, events(goneSignal(reply))));
  return fetch(await app.listen({ port: 0 }));
}

it("sends events and says when they are all", async () => {
  const response = await serve(async function* () {
    yield { one: 1 };
    yield { two: "zwei\n" };
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(await response.text()).toBe('data: {"one":1}\n\ndata: {"two":"zwei\\n"}\n\ndata: [DONE]\n\n');
});

it("leaves a failure before the first event its own status", async () => {
  // biome-ignore lint/correctness/useYield: it fails before
  const response = await serve(async function* () {
    throw Object.assign(new Error("too long"), { statusCode: 400 });
  });
  expect(response.status).toBe(400);
});

it("makes a later failure an error event and cuts the connection", async () => {
  const response = await serve(async function* () {
    yield { one: 1 };
    throw new ApiError(500, "engine_failed", "it broke");
  });
  let seen = "";
  const read = async () => {
    for await (const chunk of response.body!) seen += new TextDecoder().decode(chunk);
  };
  await expect(read()).rejects.toThrow();
  expect(seen).toContain('data: {"one":1}\n\n');
  expect(seen).toContain('"message":"it broke"');
  expect(seen).not.toContain("[DONE]");
});
