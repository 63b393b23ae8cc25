/** Whatever a client sends, on whatever API: an answer, or a refusal in that API's own shape. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { mutated } from "../../../test/support/dialects/mutated.ts";
import { validBodies } from "../../../test/support/dialects/valid-bodies.ts";
import { test as served } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { Problem } from "../../domain/problem.ts";
import { dialectFor } from "./for-path.ts";
import { relayRoutes } from "./relayed.ts";

const about = { id: "r", model: "m" };
const clock = { now: () => 0, receivedAt: 0, askedAt: 0 };
const translated = relayRoutes.flatMap(({ path, translation }) => {
  const valid = (validBodies as Record<string, object>)[path];
  return translation === null || valid === undefined ? [] : [{ path, translation, valid }];
});

test("every translated route is tried here", () => {
  expect(translated.map(({ path }) => path)).toEqual(
    relayRoutes.filter(({ translation }) => translation !== null).map(({ path }) => path),
  );
});

/** What `work` gives, or null where it refuses with a Problem; anything else it throws is a defect. */
function unlessRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

test.each(translated)(
  "$path: a valid body is taken, one that is nearly right is taken or refused",
  ({ translation, valid }) => {
    expect(unlessRefused(() => translation({ ...valid }))).not.toBeNull();
    const body = fc.oneof(mutated(valid), fc.dictionary(fc.string(), fc.jsonValue()), fc.constant({}));
    fc.assert(
      fc.property(body, (sent) => {
        const asked = unlessRefused(() => translation(sent));
        if (asked !== null) expect(JSON.parse(JSON.stringify(asked.body))).toBeTypeOf("object");
      }),
      { numRuns: 500 },
    );
  },
);

test.each(translated)(
  "$path: whatever the engine answers is told or refused, whole or in pieces",
  ({ translation, valid }) => {
    const events = engineStream([
      said.reasoning("hm"),
      said.text("yes"),
      said.call(0, "read", '{"a":', "1}"),
      said.call(1, "patch", '{"input":"x"}'),
      said.finish("tool_calls"),
    ]);
    const event = fc.oneof(
      fc.constantFrom(...events),
      fc.jsonValue({ maxDepth: 4 }).map((data) => `data: ${JSON.stringify(data)}\n\n`),
      mutated(JSON.parse(events[1]!.slice(6))).map((data) => `data: ${JSON.stringify(data)}\n\n`),
      mutated(JSON.parse(events[3]!.slice(6))).map((data) => `data: ${JSON.stringify(data)}\n\n`),
      fc.string(),
    );
    const whole = mutated({
      choices: [{ message: { content: "yes" }, finish_reason: "stop" }],
      data: [{ embedding: [1] }],
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(event), whole, (stream, pieces, answer) => {
        const asked = translation({ ...valid, stream });
        const { push, end } = asked.answer(about, clock);
        const bytes = asked.streaming ? pieces : [JSON.stringify(answer)];
        unlessRefused(() => {
          for (const piece of bytes) expect(push(Buffer.from(piece))).toBeTypeOf("string");
          expect(end()).toBeTypeOf("string");
        });
      }),
      { numRuns: 300 },
    );
  },
);

/** What an error has at least, as its path's API tells it: names of fields, and what kind of value each has. */
function shape(body: object): Record<string, unknown> {
  const named = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(
    named.map(([name, value]) => [
      name,
      name === "error" && typeof value === "object"
        ? expect.objectContaining(shape(value))
        : expect.any(Object(value).constructor),
    ]),
  );
}

function errorShape(url: string): Record<string, unknown> {
  return shape(JSON.parse(dialectFor("POST", url, {}).errorBody({ code: "invalid_request", message: "no" }, about)));
}

served(
  "over HTTP every body gets an answer or its API's own error, and the next request is served",
  async ({ serve, stub }) => {
    const engine = await stub((body, { url }, response) => {
      if (!/chat\/completions|\/v1\/completions|embeddings/.test(url!)) return void response.writeHead(404).end();
      const streams = JSON.parse(body.toString()).stream === true;
      if (streams) return void response.end(engineStream([said.text("yes"), said.finish("stop")]).join(""));
      response.end('{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}],"data":[{"embedding":[1]}]}');
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const sent = fc.oneof(
      ...Object.entries(validBodies).map(([path, valid]) =>
        fc.tuple(
          fc.constant(path),
          fc.oneof(
            { weight: 4, arbitrary: mutated(valid).map((body) => JSON.stringify(body)) },
            fc.string(),
            fc.json(),
          ),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(sent, async ([path, body]) => {
        const url = path.replace("{model}", "a");
        const { status, json } = await client.post(url, body);
        if (status === 200) return;
        expect([status, body]).toEqual([expect.toBeOneOf([400, 404, 413, 502]), body]);
        expect(json).toMatchObject(errorShape(url));
      }),
      { numRuns: 150 },
    );
    expect((await client.chat("a")).status).toBe(200);
  },
  60_000,
);
