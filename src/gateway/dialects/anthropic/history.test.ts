/** What stands in the histories of agents: nothing of it refuses a conversation, and what was said is kept. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { messages as translation } from "./translation.ts";

const asked = (fields: Record<string, unknown>) => translation({ model: "m", max_tokens: 10, ...fields });
const says = (content: unknown, role = "user") => ({ role, content });
/** A conversation in which the assistant, or the user, said `blocks` a while ago. */
const after = (blocks: unknown, role = "assistant") =>
  asked({ messages: [says("hello"), says(blocks, role), says("ok", "assistant"), says("and tomorrow?")] });
const textOf = ({ body }: ReturnType<typeof asked>) => JSON.stringify(body.messages);

const results = [
  { type: "web_search_result", url: "https://example.org", title: "Weather", encrypted_content: "AAAA" },
];

test.each([
  ["server_tool_use", { id: "s", name: "web_search", input: { query: "weather" } }, "web_search was used"],
  ["web_search_tool_result", { tool_use_id: "s", content: results }, "https://example.org"],
  [
    "web_search_tool_result",
    { tool_use_id: "s", content: { error_code: "max_uses_exceeded" } },
    "web_search_tool_result",
  ],
  ["web_fetch_tool_result", { content: { content: { source: { type: "text", data: "x" }, title: "Page" } } }, "Page"],
  ["code_execution_tool_result", { content: { stdout: "42", stderr: "", return_code: 0 } }, "42"],
  ["mcp_tool_use", { id: "m", name: "add", server_name: "notes", input: { text: "milk" } }, "milk"],
  ["mcp_tool_result", { tool_use_id: "m", content: [{ type: "text", text: "added" }] }, "added"],
  ["container_upload", { file_id: "file_1" }, "container"],
  ["connector_text", { connector_text: "x", text: "of next year" }, "of next year"],
  ["hologram", { data: "AAAA" }, "hologram"],
])("%s stays as a sentence, and is named", (type, fields, kept) => {
  const conversation = after([
    { type, ...fields },
    { type: "text", text: "It rains." },
  ]);
  expect(textOf(conversation)).toContain(kept);
  expect(textOf(conversation)).toContain("It rains.");
  expect(textOf(conversation)).not.toContain("AAAA");
  expect(conversation.replaced).toEqual([type]);
});

test("thoughts that their vendor encrypted say nothing, its readable ones go over", () => {
  const conversation = after([
    { type: "redacted_thinking", data: "AAAA" },
    { type: "thinking", thinking: "hm", signature: "BBBB" },
    { type: "text", text: "Yes." },
  ]);
  expect(conversation.body.messages).toContainEqual({
    ...says("Yes.ok", "assistant"),
    ...{ reasoning: "hm", reasoning_content: "hm" },
  });
  expect(conversation.replaced).toEqual([]);
});

test.each([
  [{ type: "base64", media_type: "application/pdf", data: "JVBERi0=" }, '[a document \\"report\\" (application/pdf)'],
  [{ type: "file", file_id: "file_1" }, '[a document \\"report\\"'],
  [{ type: "url", url: "https://example.org/a.pdf" }, '[a document \\"report\\"'],
  [{ type: "base64", media_type: "text/plain", data: Buffer.from("words").toString("base64") }, "words"],
  [{ type: "content", content: [{ type: "text", text: "words" }] }, "words"],
  [{ type: "text", media_type: "text/plain", data: "words" }, "words"],
  [undefined, "[a document"],
])("a document from %j is read or named, within a tool's result too", (source, kept) => {
  const document = { type: "document", title: "report", source };
  const inResult = { type: "tool_result", tool_use_id: "t", content: [document] };
  expect(textOf(after([document], "user"))).toContain(kept);
  expect(textOf(after([inResult], "user"))).toContain(kept);
});

test("roles that are not known are the user's, and nothing but a request without messages is refused", () => {
  for (const role of ["ctx", "msg", "tool", "robot", null, 7]) {
    expect(asked({ messages: [{ role, content: "hi" }] }).body.messages).toEqual([says("hi")]);
  }
  expect(asked({ messages: [says("be kind", "developer"), says("hi")] }).body.messages).toEqual([
    says("be kind", "system"),
    says("hi"),
  ]);
});

test("whatever stands in a conversation, it is taken", () => {
  const block = fc.oneof(
    fc.record({ type: fc.string(), content: fc.jsonValue(), text: fc.jsonValue() }),
    fc.jsonValue(),
  );
  const content = fc.oneof(fc.array(block), fc.jsonValue());
  const message = fc.record({
    role: fc.oneof(fc.constantFrom("user", "assistant", "system"), fc.jsonValue()),
    content,
  });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1 }), (messages) => {
      expect(asked({ messages, system: messages[0]!.content }).body.messages).toBeInstanceOf(Array);
    }),
  );
});

test("Claude Code's line with a checksum goes to no engine, the system prompt does", () => {
  const line = "x-anthropic-billing-header: cc_version=2.1; cch=1a2b3;";
  const prompt = says("You are a coding agent.", "system");
  const blocks = [
    { type: "text", text: line },
    { type: "text", text: prompt.content },
  ];
  for (const system of [blocks, `${line}\n${prompt.content}`]) {
    expect(asked({ system, messages: [says("hi")] }).body.messages).toEqual([prompt, says("hi")]);
  }
});

const tool = (name: string, fields = {}) => ({ name, input_schema: { type: "object" }, ...fields });
const named = ({ body }: ReturnType<typeof asked>) =>
  (body.tools as { function: { name: string } }[]).map((one) => one.function.name);

test("tools that wait for a search are shown once a result names them, and all of them where nobody searches", () => {
  const deferred = [tool("mail", { defer_loading: true }), tool("notes", { defer_loading: true })];
  const tools = [tool("ToolSearch"), ...deferred];
  const found = { type: "tool_result", tool_use_id: "t", content: [{ type: "tool_reference", tool_name: "notes" }] };
  const called = { type: "tool_use", id: "t", name: "ToolSearch", input: { query: "notes" } };
  const searched = asked({ tools, messages: [says("hi"), says([called], "assistant"), says([found])] });
  expect(named(asked({ tools, messages: [says("hi")] }))).toEqual(["ToolSearch"]);
  expect(named(searched)).toEqual(["ToolSearch", "notes"]);
  expect(textOf(searched)).toContain("notes");
  const hosted = [{ type: "tool_search_tool_regex_20251119", name: "tool_search_tool_regex" }, ...deferred];
  expect(named(asked({ tools: hosted, messages: [says("hi")] }))).toEqual(["mail", "notes"]);
  expect(named(asked({ tools: [tool("read"), ...deferred], messages: [says("hi")] }))).toHaveLength(3);
});
