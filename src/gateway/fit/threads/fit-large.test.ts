import { afterAll, describe, expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { TestLink } from "../../../../test/support/gateway/test-link.ts";
import type { ModelView } from "../../../link/link.ts";
import { understandBody } from "../../body/request-body.ts";
import { relayedAt } from "../../dialects/relayed.ts";
import type { FitRequest } from "../draft.ts";
import { type Fitted, fitTo } from "../fit.ts";
import { needsOf } from "../needs.ts";
import { translate, waysOf } from "../translate.ts";
import { LargeBodies, scannedAtOnce } from "./large-bodies.ts";

const large = new LargeBodies();
afterAll(() => large.close());

const settings = { fallback: "larger", imageBytes: 1000 } as const;
const parts = { settings, ask: null };
const tools = [{ type: "function", function: { name: "read", parameters: { type: "object" } } }];
const image = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(scannedAtOnce)}` } };
/** Space between members means nothing. */
const chat = (fields: object) => ({ messages: [{ role: "user", content: "hi" }], ...fields });

function requestOf(path: string, body: object, bytes: number): FitRequest {
  const { route } = relayedAt(path, "")!;
  const text = JSON.stringify({ model: "a", ...body }).replace("{", `{${" ".repeat(bytes)}`);
  const understood = understandBody(route, "application/json", Buffer.from(text));
  const { calls } = waysOf(route, "", understood, translate(route, understood.bytes));
  return {
    ...{ id: "r", key: { name: "k" }, route, query: "", body: understood, calls, variant: null },
    ...{ streaming: true, fixups: true, fixed: () => {}, others: () => [modelView({ id: "b", context: 1e7 })] },
  };
}

const stream = Buffer.from(
  engineStream([said.text("yes"), said.call(0, "read", '{"a":', "1}"), said.finish("stop")]).join(""),
);

/** All of it that can be compared. */
function seen({ model, calls, insteadOf }: Fitted): object {
  return {
    ...{ model: model.id, insteadOf },
    calls: calls.map(({ body, answer, ...call }) => {
      const told = answer?.({ id: "r", model: "a" }, { now: () => 0, receivedAt: 0, askedAt: 0 });
      const text = told === undefined ? null : `${told.push(stream)}${told.end()}`;
      return { ...call, bytes: body.bytes.toString().trimStart(), fields: body.fields.json?.maxTokens, text };
    }),
  };
}

function modelView(view: Partial<ModelView> & { id: string }): ModelView {
  return new TestLink(view).models[0]!;
}
const able = (view: Partial<ModelView> = {}) => modelView({ id: "a", context: 8192, ...view });

describe("a large request is made to fit in a thread as it is at once", () => {
  test.for([
    ["as it is", "/v1/chat/completions", chat({}), able()],
    ["with tools", "/v1/chat/completions", chat({ tools }), able()],
    ["for a model that thinks", "/v1/chat/completions", chat({}), able({ capabilities: ["chat", "reasoning"] })],
    ["with corrections", "/v1/chat/completions", chat({ seed: null, tools }), able({ fixups: ["strip-tools"] })],
    [
      "with a model's own parameters",
      "/v1/chat/completions",
      chat({}),
      able({
        parameters: { defaults: { temperature: 1 }, set: {}, strip: [], variants: {} },
      }),
    ],
    [
      "with a picture in its history",
      "/v1/chat/completions",
      {
        messages: [
          { role: "user", content: [image] },
          { role: "assistant", content: "x" },
          { role: "user", content: "y" },
        ],
      },
      able(),
    ],
    [
      "translated",
      "/v1/messages",
      chat({ max_tokens: 9, tools: [{ name: "read", input_schema: { type: "object" } }] }),
      able(),
    ],
    [
      "for a larger model",
      "/v1/chat/completions",
      chat({ messages: [{ role: "user", content: "a b ".repeat(9000) }] }),
      able(),
    ],
  ] as const)("%s", async ([, path, body, model]) => {
    const expected = seen(await fitTo(parts, requestOf(path, body, scannedAtOnce), model));
    const request = requestOf(path, body, scannedAtOnce);
    const fitted = await large.fit(parts, request, model);
    expect(seen(fitted)).toEqual(expected);
    expect(request.body.bytes.length).toBe(0);
    expect(fitted.body.bytes.length).toBeGreaterThan(scannedAtOnce);
  });
});

test("what is refused there is refused in the same words", async () => {
  const body = { messages: [{ role: "user", content: [image] }] };
  const refused = (error: { problem?: unknown }) => error.problem;
  const expected = await fitTo(parts, requestOf("/v1/chat/completions", body, 0), able()).catch(refused);
  expect(await large.fit(parts, requestOf("/v1/chat/completions", body, 0), able()).catch(refused)).toEqual(expected);
  expect(expected).toMatchObject({ code: "invalid_request", param: "messages[0].content[0]" });
});

test("what a large request needs of its model is found in a thread, too", async () => {
  const { route, body, calls } = requestOf(
    "/v1/messages",
    chat({ max_tokens: 9, tools: [{ name: "a" }] }),
    scannedAtOnce,
  );
  const expected = needsOf(route.media, body, calls.at(-1)!.body);
  expect(await large.needs(route, body, calls.at(-1)!.body)).toEqual(expected);
  expect(body.bytes.length).toBeGreaterThan(scannedAtOnce);
});
