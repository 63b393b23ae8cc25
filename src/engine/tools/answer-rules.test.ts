import { expect, it } from "vitest";
import { fromOpening } from "./answer-rules.ts";

const grammar = { state: null };

it.each([
  [["Let me see. <tool", "_call>"], true],
  [["<tool_call>\n"], true],
  [["no calls here", "<tool_cal", "l"], false],
  [['<tool_call>{"na', 'me": 1'], false],
])("holds from the opening of a call on: %j", (pieces, holds) => {
  const rules = fromOpening(grammar);
  expect(rules.grammar()).toBeNull();
  for (const piece of pieces) rules.onText(piece);
  expect(rules.grammar()).toBe(holds ? grammar : null);
  rules.onText(' {"name": ');
  expect(rules.grammar()).toBe(holds ? grammar : null);
});
