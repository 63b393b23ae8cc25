/** Pictures and files that a model cannot take: refused where a person attaches them now, a sentence anywhere else. */
import { describe, expect } from "vitest";
import { type StubEngine, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const png = "iVBORw0KGgo=";
const url = `data:image/png;base64,${png}`;
const seen = "a picture that this model cannot see; eyes can";

const claude = {
  image: { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
  pdf: {
    type: "document",
    title: "a.pdf",
    source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
  },
};
const says = (text: string) => ({ type: "text", text });
const called = { type: "tool_use", id: "t", name: "read", input: {} };
const gave = (...content: object[]) => ({ type: "tool_result", tool_use_id: "t", content });
const codexImage = { type: "input_image", image_url: url };
const codexFile = { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" };
const part = { inlineData: { mimeType: "image/png", data: png } };

interface Place {
  path: string;
  /** The newest message brings it. */
  now: object;
  /** It stands in history. */
  before: object;
  /** A tool gave it just now. */
  given: object;
}

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });
const chatImage = { type: "image_url", image_url: { url } };
const codexCall = { type: "function_call", call_id: "c", name: "view", arguments: "{}" };
const places: Place[] = [
  {
    path: "/v1/chat/completions",
    now: { messages: [user([says("look"), chatImage])] },
    before: { messages: [user([chatImage]), assistant("I see."), user("and now?")] },
    given: { messages: [user("look"), { role: "tool", tool_call_id: "t", content: [chatImage] }] },
  },
  {
    path: "/v1/messages",
    now: { messages: [user([says("look"), claude.image])] },
    before: { messages: [user([claude.image]), assistant("I see."), user("and now?")] },
    given: { messages: [user("look"), assistant([called]), user([gave(claude.image)])] },
  },
  {
    path: "/v1/responses",
    now: { input: [user([{ type: "input_text", text: "look" }, codexImage])] },
    before: { input: [user([codexImage]), assistant("I see."), user("and now?")] },
    given: { input: [user("look"), codexCall, { type: "function_call_output", call_id: "c", output: [codexImage] }] },
  },
  {
    path: "/api/chat",
    now: { stream: false, messages: [{ ...user("look"), images: [png] }] },
    before: { stream: false, messages: [{ ...user("look"), images: [png] }, assistant("I see."), user("and now?")] },
    given: { stream: false, messages: [user("look"), { role: "tool", tool_name: "view", content: "", images: [png] }] },
  },
  {
    path: "/v1beta/models/a:generateContent",
    now: { contents: [{ role: "user", parts: [{ text: "look" }, part] }] },
    before: {
      contents: [
        { parts: [{ inline_data: { mime_type: "image/png", data: png } }] },
        { role: "model", parts: [{ text: "I see." }] },
        { parts: [{ text: "so?" }] },
      ],
    },
    given: {
      contents: [
        { parts: [{ text: "look" }] },
        { role: "model", parts: [{ functionCall: { name: "view" } }] },
        { parts: [{ functionResponse: { name: "view", response: {}, parts: [part] } }] },
      ],
    },
  },
];

const answer = JSON.stringify({ choices: [{ message: { content: "hello" }, finish_reason: "stop" }] });
type Stub = (
  answer: (
    body: Buffer,
    request: { url?: string | undefined },
    response: { statusCode: number; end(text: string): void },
  ) => void,
) => Promise<StubEngine>;

async function blind(stub: Stub, ...native: string[]): Promise<{ link: TestLink; engine: StubEngine }> {
  const link = new TestLink({ id: "a" }, { id: "eyes", capabilities: ["chat", "vision"] });
  const engine = await stub((_, { url: path }, response) => {
    response.statusCode = path === "/v1/chat/completions" || native.includes(path!) ? 200 : 404;
    response.end(answer);
  });
  link.engine("a", engine.origin);
  return { link, engine };
}

const last = ({ seen: all }: StubEngine) => all.at(-1)!.body.toString();

describe.each(places)("$path", ({ path, now, before, given }) => {
  test("what a person attaches now is refused, with the models that take it", async ({ serve, stub }) => {
    const { link } = await blind(stub);
    const { client } = await serve(link);
    const { status, text } = await client.post(path, { model: "a", max_tokens: 10, ...now });
    expect([status, text]).toEqual([400, expect.stringMatching(/a takes no images.*or use eyes\./)]);
    expect(link.asked).toEqual([]);
  });

  test.for([
    ["history", before],
    ["what a tool gave", given],
  ] as const)("in %s a sentence stands for it, and a header names it", async ([_, fields], { serve, stub }) => {
    const { link, engine } = await blind(stub);
    const { client } = await serve(link);
    const { status, headers } = await client.post(path, { model: "a", max_tokens: 10, ...fields });
    expect([status, headers["x-hearth-fixups"]]).toEqual([200, expect.stringMatching(/^replaced=\w+$/)]);
    expect(last(engine)).toContain(seen);
    expect(last(engine)).not.toContain(png);
  });

  test("a model that sees gets it", async ({ serve, stub }) => {
    const { link, engine } = await blind(stub);
    link.engine("eyes", engine.origin);
    const { client } = await serve(link);
    for (const fields of [now, before, given]) {
      const { status, headers } = await client.post(path.replace("/a:", "/eyes:"), {
        model: "eyes",
        max_tokens: 10,
        ...fields,
      });
      expect([status, headers["x-hearth-fixups"]]).toEqual([200, undefined]);
      expect(last(engine)).toContain(png);
    }
  });
});

test.for([
  [
    "/v1/messages",
    { messages: [user([claude.pdf]), assistant("Read."), user([says("so?")])] },
    '[a document \\"a.pdf\\"',
  ],
  ["/v1/messages", { messages: [user("x"), assistant([called]), user([gave(says("read")), claude.pdf])] }, "a.pdf"],
  [
    "/v1/responses",
    { input: [user([codexFile]), assistant("Read."), user("so?")] },
    'a file \\"a.pdf\\" that no model',
  ],
] as const)(
  "%s: no model reads a PDF, so that a sentence stands for an old one",
  async ([path, fields, kept], { serve, stub }) => {
    const { link, engine } = await blind(stub, path);
    const { client } = await serve(link);
    const { status, headers } = await client.post(path, { model: "a", max_tokens: 10, ...fields });
    expect([status, headers["x-hearth-fixups"]]).toEqual([
      200,
      expect.stringMatching(/^replaced=(document|input_file)$/),
    ]);
    expect(engine.seen.map(({ request }) => request.url)).toEqual([path]);
    expect(last(engine)).toContain(kept);
    expect(last(engine)).not.toContain("JVBERi0=");
  },
);

test("a PDF that a person attaches now is refused, as no model here reads it", async ({ serve, stub }) => {
  const { link } = await blind(stub);
  const { client } = await serve(link);
  const claudes = await client.post("/v1/messages", {
    model: "a",
    max_tokens: 10,
    messages: [user([claude.pdf, says("so?")])],
  });
  const codex = await client.post("/v1/responses", { model: "a", input: [user([codexFile])] });
  for (const { status, json } of [claudes, codex]) {
    expect([status, json.error.message]).toEqual([
      400,
      expect.stringMatching(/"a.pdf".* cannot be read by the models here/),
    ]);
  }
});

test("a message that was refused does not refuse those that follow it, joined to them or not", async ({
  serve,
  stub,
}) => {
  const { link, engine } = await blind(stub);
  const { client } = await serve(link);
  const refused = [says("look"), claude.image];
  const never = "never mind, say hello";
  for (const messages of [[user(refused), user(never)], [user([...refused, says(never)])]]) {
    const { status } = await client.post("/v1/messages", { model: "a", max_tokens: 10, messages });
    expect(status).toBe(200);
    expect(last(engine)).toContain(never);
  }
  const asked = user([codexImage]);
  expect((await client.post("/v1/responses", { model: "a", input: [asked, user(never)] })).status).toBe(200);
});

test("an engine that speaks the client's API gets the sentence in its own words", async ({ serve, stub }) => {
  const { link, engine } = await blind(stub, "/v1/messages", "/v1/responses");
  const { client } = await serve(link);
  const messages = [user("look"), assistant([called]), user([gave(claude.image, says("seen"))]), user("so?")];
  await client.post("/v1/messages", { model: "a", max_tokens: 10, messages });
  expect(JSON.parse(last(engine)).messages[2].content[0].content).toEqual([says(`[${seen}]`), says("seen")]);
  const output = { type: "function_call_output", call_id: "c", output: [codexImage] };
  await client.post("/v1/responses", { model: "a", input: [user("look"), codexCall, output] });
  expect(JSON.parse(last(engine)).input[2].output).toEqual([{ type: "input_text", text: `[${seen}]` }]);
});

test("a picture with more bytes than are taken is refused now, and a sentence later on", async ({ serve, stub }) => {
  const { link, engine } = await blind(stub);
  link.engine("eyes", engine.origin);
  const { client } = await serve(link);
  const large = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(800_000)}` } };
  expect((await client.chat("eyes", { messages: [user([large])] })).status).toBe(400);
  expect((await client.chat("eyes", { messages: [user([large]), assistant("ok"), user("so?")] })).status).toBe(200);
  expect(last(engine)).toContain("a picture of more bytes than are taken here");
});
