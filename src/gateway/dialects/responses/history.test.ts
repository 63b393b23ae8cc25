/** What stands in the histories of agents: nothing of it refuses a conversation, and what was said is kept. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { responses } from "./translation.ts";

const asked = (input: unknown, fields = {}) => responses({ model: "m", input, ...fields });
const hi = { role: "user", content: "hi" };
// biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every shape
const messagesOf = (input: unknown) => asked(input).body.messages as any[];
const textOf = ({ body }: ReturnType<typeof asked>) => JSON.stringify(body.messages);

test.each([
  ["item_reference", { id: "msg_1" }, "kept elsewhere"],
  ["image_generation_call", { id: "ig_1", status: "completed", result: "AAAA" }, "a picture was generated"],
  ["code_interpreter_call", { id: "ci_1", code: "1+1", outputs: [{ type: "logs", logs: "2" }] }, "1+1"],
  ["mcp_call", { id: "mcp_1", name: "add", server_label: "notes", arguments: '{"a":1}', output: "added" }, "added"],
  ["mcp_approval_request", { id: "mcpr_1", name: "add", arguments: "{}" }, "add"],
  ["compaction", { id: "cmp_1", encrypted_content: "AAAA" }, "encrypted"],
  ["ghost_snapshot", { ghost_commit: {} }, "ghost_snapshot"],
  ["hologram", { text: "of next year" }, "of next year"],
])("%s stays as a sentence, and is named", (type, fields, kept) => {
  const conversation = asked([hi, { type, ...fields }, { role: "assistant", content: "Done." }, hi]);
  expect(textOf(conversation)).toContain(kept);
  expect(textOf(conversation)).toContain("Done.");
  expect(textOf(conversation)).not.toContain("AAAA");
  expect(conversation.replaced).toEqual([type]);
});

test("thoughts that their vendor encrypted, and searches of its own, say nothing", () => {
  const items = [
    { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "AAAA" },
    { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "x" } },
    { type: "mcp_list_tools", id: "mcpl_1", server_label: "notes", tools: [] },
  ];
  expect(asked([hi, ...items]).body.messages).toEqual([hi]);
});

const image_url = "data:image/png;base64,iVBORw0KGgo=";
const call = (id: string, name: string, text: string) => ({
  ...{ id, type: "function" },
  function: { name, arguments: text },
});

test.each([
  [
    { type: "local_shell_call", id: "lsh", call_id: "c", action: { type: "exec", command: ["ls"], env: {} } },
    { type: "local_shell_call_output", id: "c", output: '{"output":"a.txt"}' },
    ["local_shell", "ls", "a.txt"],
  ],
  [
    { type: "shell_call", call_id: "c", action: { commands: ["ls"] } },
    { type: "shell_call_output", call_id: "c", output: [{ stdout: "a.txt", outcome: { type: "exit", exit_code: 0 } }] },
    ["shell", "ls", "a.txt"],
  ],
  [
    { type: "apply_patch_call", call_id: "c", operation: { type: "create_file", path: "a.txt", diff: "+x" } },
    { type: "apply_patch_call_output", call_id: "c", status: "completed", output: "created" },
    ["apply_patch", "create_file", "created"],
  ],
  [
    { type: "custom_tool_call", call_id: "c", name: "patch", input: "***" },
    { type: "custom_tool_call_output", call_id: "c", output: "done" },
    ["patch", "***", "done"],
  ],
  [
    { type: "function_call", call_id: "c", name: "add", namespace: "mcp__notes", arguments: '{"text":"milk"}' },
    { type: "function_call_output", call_id: "c", output: { content: "added", success: true } },
    ["mcp__notes__add", "milk", "added"],
  ],
  [
    { type: "tool_search_call", call_id: "c", execution: "client", arguments: { query: "notes" } },
    {
      type: "tool_search_output",
      call_id: "c",
      tools: [{ type: "namespace", name: "n", tools: [{ type: "function", name: "add" }] }],
    },
    ["tool_search", "notes", "n__add"],
  ],
  [
    { type: "teleport_call", call_id: "c", status: "completed", place: "home" },
    { type: "teleport_call_output", call_id: "c", output: "there" },
    ["teleport", "home", "there"],
  ],
])("%j and its output go over as a call and its result", (called, output, [name, given, result]) => {
  const messages = messagesOf([hi, called, output]);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  expect(messages[1].tool_calls).toEqual([call("c", name!, expect.stringContaining(given!))]);
  expect(messages[2]).toMatchObject({ tool_call_id: "c", content: expect.stringContaining(result!) });
});

test("a screenshot that a computer gave reaches the model after its result", () => {
  const input = [
    hi,
    { type: "computer_call", call_id: "c", action: { type: "click", x: 1, y: 2 }, pending_safety_checks: [] },
    { type: "computer_call_output", call_id: "c", output: { type: "computer_screenshot", image_url } },
  ];
  expect(asked(input).body.messages).toMatchObject([
    hi,
    { role: "assistant", tool_calls: [{ function: { name: "computer" } }] },
    { role: "tool", tool_call_id: "c", content: "" },
    { role: "user", content: [{ type: "image_url", image_url: { url: image_url } }] },
  ]);
});

test("results of several calls stay together, their pictures follow; one that nobody called for is the user's", () => {
  const output = [
    { type: "input_text", text: "seen" },
    { type: "input_image", image_url },
  ];
  const input = [
    hi,
    { type: "function_call", call_id: "a", name: "view", arguments: "{}" },
    { type: "function_call", call_id: "b", name: "view", arguments: null },
    { type: "function_call_output", call_id: "a", output },
    { type: "function_call_output", call_id: "b", output: "none" },
    { type: "function_call_output", call_id: "lost", output: "stray" },
  ];
  const messages = messagesOf(input);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "tool", "user"]);
  expect(messages[1].tool_calls[1].function.arguments).toBe("{}");
  expect(JSON.stringify(messages[4])).toMatch(/stray.*image_url/);
});

test.each([
  [
    { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" },
    "a.pdf",
    ["input_file"],
  ],
  [{ type: "input_file", file_id: "file_1" }, "[a file that cannot be read here]", ["input_file"]],
  [{ type: "input_file", filename: "a.csv", file_data: "data:text/csv;base64,YTti" }, "a;b", []],
  [{ type: "input_image", file_id: "file_1" }, "[a picture that is kept elsewhere]", ["input_image"]],
  [{ type: "refusal", refusal: "No." }, "No.", []],
  [{ type: "hologram" }, "hologram", ["hologram"]],
])("the part %j is read or named", (part, kept, replaced) => {
  const conversation = asked([{ role: "user", content: [part] }]);
  expect(textOf(conversation)).toContain(kept);
  expect(conversation.replaced).toEqual(replaced);
});

test("whatever stands in a conversation, it is taken", () => {
  const type = fc.oneof(
    fc.constantFrom("message", "reasoning", "function_call", "function_call_output", "shell_call", "x_call"),
    fc.string(),
  );
  const fields = { type, call_id: fc.constantFrom("a", "b", null), content: fc.jsonValue(), output: fc.jsonValue() };
  const item = fc.record(
    { ...fields, role: fc.constantFrom("user", "assistant", 7), name: fc.jsonValue() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), (input) => {
      expect(asked(input).body.messages).toBeInstanceOf(Array);
    }),
  );
});
