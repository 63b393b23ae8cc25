import { describe, expect, it } from "vitest";
import { type Tool, templateTools, withToolsAsText } from "../tools/format.ts";
import { ChatTemplate, type TemplateMessage } from "./chat-template.ts";

const specials = { bos: "<s>", eos: "</s>" };
const templateOf = (chatTemplate: string | null) => new ChatTemplate({ chatTemplate, specials });
const system: TemplateMessage = { role: "system", content: "be brief" };
const user: TemplateMessage = { role: "user", content: "hello" };
const tool: Tool = { name: "f", description: "does f", parameters: { type: "object" } };
const called: TemplateMessage = {
  role: "assistant",
  content: "",
  tool_calls: [{ type: "function", function: { name: "f", arguments: { a: 1 } } }],
};
const result: TemplateMessage = { role: "tool", content: "2" };

describe("a chat template", () => {
  it("is ChatML where the file has none", () => {
    expect(templateOf(null).render([system, user], null)).toBe(
      "<|im_start|>system\nbe brief<|im_end|>\n<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n",
    );
  });

  it("gets the special tokens, the tools and the request's own variables", () => {
    const template = templateOf(
      "{{ bos_token }}{{ messages[0].content }}{{ tools[0].function.name }}{{ mood }}{{ eos_token }}",
    );
    expect(template.render([user], templateTools([tool]), { mood: "!" })).toBe("<s>hellof!</s>");
  });

  it("that knows no system role gets its text with the first message of the user", () => {
    const template = templateOf(
      "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system role') }}{% endif %}" +
        "[{{ m.role }}]{{ m.content }}{% endfor %}",
    );
    expect(template.render([system, user], null)).toBe("[user]be brief\n\nhello");
    expect(() => template.render([system], null)).toThrow("no system role");
  });

  it("explains tools itself when it writes them the way that calls are read", () => {
    expect(templateOf("{% if tools %}<tool_call>{% endif %}").explainsTools).toBe(true);
    expect(templateOf("{% if tools %}[TOOL_CALLS]{% endif %}").explainsTools).toBe(false);
    expect(templateOf("{% if tools %}<tool_call><function=f>{% endif %}").explainsTools).toBe(false);
    expect(templateOf(null).explainsTools).toBe(false);
  });
});

describe("tools as text", () => {
  it("are added to the system message, and calls and results become messages that any template knows", () => {
    const [first, ...rest] = withToolsAsText([system, user, called, result], [tool]);
    expect(first!.content).toMatch(/^be brief\n\n.*"name":"f".*<tool_call>/s);
    expect(rest).toEqual([
      user,
      { role: "assistant", content: '<tool_call>\n{"name":"f","arguments":{"a":1}}\n</tool_call>' },
      { role: "user", content: "<tool_response>\n2\n</tool_response>" },
    ]);
  });

  it("get a system message of their own where there is none, and leave a chat without tools alone", () => {
    expect(withToolsAsText([user], [tool]).map(({ role }) => role)).toEqual(["system", "user"]);
    expect(withToolsAsText([system, user], [])).toEqual([system, user]);
  });
});
