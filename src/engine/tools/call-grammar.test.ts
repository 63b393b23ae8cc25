import { afterAll, expect, it } from "vitest";
import { GrammarJudge } from "../../../test/support/engine/grammar-judge.ts";
import { callGrammar } from "./call-grammar.ts";

const judge = new GrammarJudge();
afterAll(() => judge.close());

const tool = (name: string, parameters: object) => ({ tool: { name, description: "", parameters }, field: "tools" });
const tools = [
  tool("weather", { type: "object", properties: { city: { type: "string" } }, required: ["city"] }),
  tool('quo"te', { type: "object", properties: {} }),
];
const weather = '{"name": "weather", "arguments": {"city": "Paris"}}';
const quote = '{"name": "quo\\"te", "arguments": {}}';

it("takes one call of a known tool", async () => {
  const { gbnf: grammar } = callGrammar(tools, { several: false, opened: false });
  for (const body of [weather, quote]) {
    expect(await judge.takes(grammar, `<tool_call>\n${body}\n</tool_call>`)).toBe(true);
    expect(await judge.takes(grammar, `<tool_call>${body}</tool_call>\n<tool_call>${body}</tool_call>`)).toBe(false);
  }
  expect(await judge.takes(grammar, '<tool_call>{"name": "other", "arguments": {}}</tool_call>')).toBe(false);
  expect(await judge.takes(grammar, '<tool_call>{"name": "weather", "arguments": {}}</tool_call>')).toBe(false);
  expect(await judge.takes(grammar, "I would rather not")).toBe(false);
});

it("takes several, and begins behind an opening that is already written", async () => {
  const { gbnf: grammar } = callGrammar(tools, { several: true, opened: true });
  expect(await judge.takes(grammar, `\n${weather}\n</tool_call>`)).toBe(true);
  expect(await judge.takes(grammar, `${weather}</tool_call>\n<tool_call>${quote}</tool_call>`)).toBe(true);
  expect(await judge.takes(grammar, `<tool_call>${weather}</tool_call>`)).toBe(false);
});
