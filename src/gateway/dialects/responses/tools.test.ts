/** Tools that are no functions reach the engine as functions, and come back as what they are. */
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import { responses } from "./translation.ts";

const parameters = { type: "object", properties: { text: { type: "string" } } };
const add = { type: "function", name: "add", description: "adds a note", parameters, strict: false };
const notes = {
  type: "namespace",
  name: "mcp__notes",
  description: "Notes.",
  tools: [add, { type: "custom", name: "raw" }],
};
const tools = [{ type: "function", name: "read", parameters }, notes, { type: "web_search" }];

const asked = (fields: Record<string, unknown>) => responses({ model: "m", input: "hi", ...fields });
const namesOf = ({ body }: ReturnType<typeof asked>) =>
  ((body.tools ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name);

/** What a client gets where the engine calls `name`: the items as they are added, as they are done, and in the end. */
function called(fields: Record<string, unknown>, name: string, text: string) {
  const { push, end } = asked({ ...fields, stream: true }).answer(
    { id: "r", model: "m" },
    { now: () => 0, receivedAt: 0, askedAt: 0 },
  );
  const stream = engineStream([said.call(0, name, ...text.match(/.{1,7}/gs)!), said.finish("tool_calls")]);
  const events = eventsIn(stream.map((piece) => push(Buffer.from(piece))).join("") + String(end()));
  const whole = asked(fields).answer({ id: "r", model: "m" }, { now: () => 0, receivedAt: 0, askedAt: 0 });
  const call = { id: "call_0", type: "function", function: { name, arguments: text } };
  whole.push(
    Buffer.from(JSON.stringify({ choices: [{ message: { tool_calls: [call] }, finish_reason: "tool_calls" }] })),
  );
  const item = (type: string) => events.find(({ event }) => event === type)?.data.item;
  return {
    added: item("response.output_item.added"),
    done: item("response.output_item.done"),
    last: events.at(-1)!.data.response.output[0],
    whole: JSON.parse(String(whole.end())).output[0],
  };
}

test("tools of a namespace go over under one name each, and their calls come back with both apart", () => {
  const conversation = asked({ tools });
  expect(namesOf(conversation)).toEqual(["read", "mcp__notes__add", "mcp__notes__raw"]);
  expect(conversation.leftOut).toEqual(["web_search"]);
  const { added, ...calls } = called({ tools }, "mcp__notes__add", '{"text":"milk"}');
  const names = { type: "function_call", namespace: "mcp__notes", name: "add" };
  expect(added).toMatchObject(names);
  for (const item of Object.values(calls)) expect(item).toMatchObject({ ...names, arguments: '{"text":"milk"}' });
  expect(called({ tools }, "mcp__notes__raw", '{"input":"x"}').done).toMatchObject({
    ...{ type: "custom_tool_call", namespace: "mcp__notes", name: "raw", input: "x" },
  });
  expect(called({ tools }, "read", "{}").done).not.toHaveProperty("namespace");
});

test("long names stay within what tokenizers take, and apart", () => {
  const long = (name: string) => ({ ...add, name: name.repeat(60) });
  const names = namesOf(asked({ tools: [{ ...notes, tools: [long("a"), long("b")] }] }));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^[\w-]{1,64}$/);
});

test.each([
  [{ type: "function", name: "add", namespace: "mcp__notes" }, "mcp__notes__add"],
  [{ type: "function", name: "read" }, "read"],
])("the choice of %j is understood", (tool_choice, name) => {
  expect(asked({ tools, tool_choice }).body.tool_choice).toEqual({ type: "function", function: { name } });
});

test("a choice among allowed tools may name a namespace", () => {
  const allowed = { type: "allowed_tools", mode: "auto", tools: [{ type: "namespace", name: "mcp__notes" }] };
  expect(namesOf(asked({ tools, tool_choice: allowed }))).toEqual(["mcp__notes__add", "mcp__notes__raw"]);
});

test.each([
  [
    { type: "local_shell" },
    '{"command":["ls","-l"]}',
    { type: "local_shell_call", call_id: "call_0", action: { type: "exec", command: ["ls", "-l"], env: {} } },
  ],
  [
    { type: "shell" },
    '{"commands":["ls"],"timeout_ms":5}',
    { type: "shell_call", action: { commands: ["ls"], timeout_ms: 5 } },
  ],
  [
    { type: "apply_patch" },
    '{"type":"delete_file","path":"a"}',
    { type: "apply_patch_call", operation: { type: "delete_file", path: "a" } },
  ],
  [
    { type: "tool_search", execution: "client", description: "finds", parameters },
    '{"query":"notes"}',
    { type: "tool_search_call", execution: "client", arguments: { query: "notes" } },
  ],
])("%j is called and comes back as itself", (tool, text, item) => {
  expect(namesOf(asked({ tools: [tool] }))).toEqual([tool.type]);
  const { added, done, last, whole } = called({ tools: [tool] }, tool.type, text);
  expect(added).toMatchObject({ type: item.type, status: "in_progress" });
  for (const one of [done, last, whole]) expect(one).toMatchObject({ ...item, status: "completed" });
  expect(asked({ tools: [tool], tool_choice: { type: tool.type } }).body.tool_choice).toEqual({
    ...{ type: "function", function: { name: tool.type } },
  });
});

test("shells and searches of OpenAI's own servers are left out", () => {
  const hosted = [{ type: "shell", environment: { type: "container_auto" } }, { type: "tool_search" }, { type: "mcp" }];
  expect(asked({ tools: [add, ...hosted] }).leftOut).toEqual(["shell", "tool_search", "mcp"]);
});

const search = { type: "web_search" };

test.each([undefined, "auto", "none", { type: "allowed_tools", mode: "auto", tools: [search] }])(
  "alone they leave a request without tools: %j",
  (tool_choice) => {
    const { body, leftOut } = asked({ tools: [search, { type: "mcp" }], tool_choice, parallel_tool_calls: true });
    expect(leftOut).toEqual(["web_search", "mcp"]);
    expect(Object.keys(body).filter((name) => name.includes("tool"))).toEqual([]);
  },
);

test.each([
  [[search], "required"],
  [[search], { type: "web_search" }],
  [[add, search], { type: "web_search" }],
  [[search], { type: "function", name: "add" }],
  [[add, search], { type: "allowed_tools", mode: "required", tools: [search] }],
])("a request with %j that demands one by %j is refused", (given, tool_choice) => {
  expect(() => asked({ tools: given, tool_choice })).toThrow(/^tool_choice: .*web_search run on OpenAI's servers only/);
});

test("what a search for tools has found can be called from then on, once", () => {
  const search = { type: "tool_search", execution: "client", parameters };
  const input = [
    { role: "user", content: "hi" },
    { type: "tool_search_call", call_id: "c", execution: "client", arguments: { query: "notes" } },
    { type: "tool_search_output", call_id: "c", execution: "client", status: "completed", tools: [notes, notes] },
  ];
  const waiting = { ...add, name: "mail", defer_loading: true };
  expect(namesOf(asked({ tools: [search, waiting], input }))).toEqual([
    ...["tool_search", "mcp__notes__add", "mcp__notes__raw"],
  ]);
  expect(namesOf(asked({ tools: [add, waiting] }))).toEqual(["add", "mail"]);
});

test.each([["namespace"], ["custom"], ["local_shell"], ["apply_patch"]])(
  "with a tool of type %s an engine's own route is not asked, which may lose it",
  (type) => {
    expect(asked({ tools: [{ type, name: "x", tools: [add] }] }).only).toBe(true);
    expect(asked({ tools: [add] }).only).toBeUndefined();
  },
);
