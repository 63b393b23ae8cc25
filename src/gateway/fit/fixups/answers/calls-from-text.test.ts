import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineStream, said } from "../../../../../test/support/dialects/engine-stream.ts";
import { calledAnswer, callsFromText, toolSchemas } from "./calls-from-text.ts";

const parameters = {
  type: "object",
  properties: {
    path: { type: "string" },
    line: { type: "integer" },
    all: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
    more: { type: "object" },
  },
  required: ["path"],
};
const tools = toolSchemas(["read", "write"].map((name) => ({ type: "function", function: { name, parameters } })));

interface Told {
  text: string;
  calls: { name: string; input: unknown }[];
  reasons: string[];
  changes: number;
}

function streamed(words: string, cut: (text: string) => string[]): Told {
  let changes = 0;
  const answer = calledAnswer(true, tools, "call", () => changes++);
  const events = engineStream([...cut(words).map((piece) => said.text(piece)), said.finish("stop")]);
  const stream = events.map((event) => answer.push(Buffer.from(event))).join("") + answer.end();
  const choices = [...stream.matchAll(/^data: (\{.*\})$/gm)].flatMap(([, data]) => JSON.parse(data!).choices);
  const pieces = choices.flatMap(({ delta }) => delta.tool_calls ?? []);
  return {
    text: choices.map(({ delta }) => delta.content ?? "").join(""),
    calls: pieces.map(({ function: called }) => ({ name: called.name, input: JSON.parse(called.arguments) })),
    reasons: choices.flatMap(({ finish_reason: reason }) => reason ?? []),
    changes,
  };
}

function whole(words: string): Told {
  let changes = 0;
  const answer = calledAnswer(false, tools, "call", () => changes++);
  const message = { role: "assistant", content: words };
  answer.push(Buffer.from(JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] })));
  const [choice] = JSON.parse(String(answer.end())).choices;
  const calls = (choice.message.tool_calls ?? []) as { function: { name: string; arguments: string } }[];
  return {
    text: choice.message.content ?? "",
    calls: calls.map(({ function: called }) => ({ name: called.name, input: JSON.parse(called.arguments) })),
    reasons: [choice.finish_reason],
    changes,
  };
}

const letters = (text: string) => [...text];
const a = { name: "read", input: { path: "a.txt" } };
const b = { name: "write", input: { path: "b", line: 3, all: true } };
const json = (call: object) => JSON.stringify(call);
const named = ({ name, input }: typeof a) => json({ name, arguments: input });
const xml = `<function=write>\n<parameter=path>\nb\n</parameter>\n<parameter=line>\n3\n</parameter>\n<parameter=all>\nTrue\n</parameter>\n</function>`;

const invoked = (prefix: string) =>
  `<${prefix}invoke name="write">\n${Object.entries(b.input)
    .map(
      ([key, value]) =>
        `<${prefix}parameter name="${key}" string="${typeof value === "string"}">${value}</${prefix}parameter>`,
    )
    .join("\n")}\n</${prefix}invoke>`;

const written: Record<string, [text: string, calls: object[]]> = {
  "Hermes and Qwen": [`<tool_call>\n${named(a)}\n</tool_call>`, [a]],
  "two of them": [`<tool_call>\n${named(a)}\n</tool_call>\n<tool_call>\n${named(b)}\n</tool_call>`, [a, b]],
  "one whose end was lost": [`<tool_call>\n${named(a)}`, [a]],
  "Qwen coders": [`<tool_call>\n${xml}\n</tool_call>`, [b]],
  "Qwen coders without the opening tag": [`${xml}\n</tool_call>`, [b]],
  "Qwen coders without any tag around it, twice": [`${xml}\n${xml}`, [b, b]],
  "Qwen coders with such tags in a value": [
    "<function=read><parameter=path>x</parameter>y</function>z</parameter></function>",
    [{ name: "read", input: { path: "x</parameter>y</function>z" } }],
  ],
  "Llama 3.1": [`<function=read>${json(a.input)}</function>`, [a]],
  "Llama 3.3": [`<|python_tag|>${json({ name: "read", parameters: a.input })}`, [a]],
  "JSON alone": [named(a), [a]],
  "JSON alone, quoted": [`\`\`\`json\n${named(a)}\n\`\`\``, [a]],
  "a list of JSON": [`[${named(a)}, ${named(b)}]`, [a, b]],
  "Python alone": [`[read(path="a.txt"), write(path='b', line=3, all=True)]`, [a, b]],
  "Llama 4": ['<|python_start|>[read(path="a.txt")]<|python_end|>', [a]],
  "Gemma 3": ['```tool_code\nread(path="a.txt")\n```', [a]],
  "Gemma 4": ['<|tool_call>call:write{all:true,line:3,path:<|"|>b<|"|>}<tool_call|>', [b]],
  FunctionGemma: ["<start_function_call>call:read{path:<escape>a.txt<escape>}<end_function_call>", [a]],
  GLM: [
    "<tool_call>write\n<arg_key>path</arg_key>\n<arg_value>b</arg_value>\n<arg_key>line</arg_key>\n<arg_value>3</arg_value>\n<arg_key>all</arg_key>\n<arg_value>true</arg_value>\n</tool_call>",
    [b],
  ],
  "Mistral before": [`[TOOL_CALLS] [${named(a)}, ${named(b)}]`, [a, b]],
  "Mistral now": [
    `[TOOL_CALLS]read[ARGS]${json(a.input)}[TOOL_CALLS]write[CALL_ID]123456789[ARGS]${json(b.input)}`,
    [a, b],
  ],
  "DeepSeek V3": [
    `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read\n\`\`\`json\n${json(a.input)}\n\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    [a],
  ],
  "DeepSeek V3.1": [
    `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read<｜tool▁sep｜>${json(a.input)}<｜tool▁call▁end｜><｜tool▁call▁begin｜>write<｜tool▁sep｜>${json(b.input)}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    [a, b],
  ],
  Kimi: [
    `<|tool_calls_section_begin|><|tool_call_begin|>functions.read:0<|tool_call_argument_begin|>${json(a.input)}<|tool_call_end|><|tool_calls_section_end|>`,
    [a],
  ],
  "gpt-oss": [`<|channel|>commentary to=functions.read <|constrain|>json<|message|>${json(a.input)}<|call|>`, [a]],
  "gpt-oss with its start": [
    `<|start|>assistant<|channel|>commentary to=functions.read json<|message|>${json(a.input)}`,
    [a],
  ],
  Muse: [`<atem:function_calls>\n${invoked("atem:")}\n</atem:function_calls><|eom|>`, [b]],
  MiniMax: [`<minimax:tool_call>\n${invoked("")}\n${invoked("")}\n</minimax:tool_call>`, [b, b]],
  "DeepSeek V3.2": [`<｜DSML｜function_calls>\n${invoked("｜DSML｜")}\n</｜DSML｜function_calls>`, [b]],
  "Claude of old": [`<function_calls>\n${invoked("")}\n</function_calls>`, [b]],
  Nemotron: [`<TOOLCALL>[${named(a)}]</TOOLCALL>`, [a]],
};

describe.each(Object.entries(written))("%s", (_, [text, calls]) => {
  const isAlone = /^[[{]|^```json/.test(text) && !text.startsWith("[TOOL_CALLS]");

  test("is read, whole and letter by letter", () => {
    for (const told of [whole(text), streamed(text, letters), streamed(text, (all) => [all])]) {
      expect({ ...told, text: told.text.trim() }).toEqual({ text: "", calls, reasons: ["tool_calls"], changes: 1 });
    }
  });

  test("is read however it is cut, with the words before it and after it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.boolean(), (size, spoken) => {
        const before = spoken && !isAlone ? "I look into it.\n" : "";
        const told = streamed(before + text, (all) => all.match(new RegExp(`.{1,${size}}`, "gs"))!);
        expect({ ...told, text: told.text.trim() }).toEqual({
          ...{ text: before.trim(), calls, reasons: ["tool_calls"], changes: 1 },
        });
      }),
    );
  });

  test("stays text where it is cut off, its tool unknown, or its input none for it", () => {
    const wrong = [
      text.slice(0, Math.floor(text.length * 0.3)),
      text.replaceAll("read", "delete").replaceAll("write", "delete"),
      text.replaceAll("path", "paths"),
    ];
    for (const one of wrong.filter((each) => each !== text)) {
      for (const told of [whole(one), streamed(one, letters)]) {
        expect(told).toEqual({ text: one, calls: [], reasons: ["stop"], changes: 0 });
      }
    }
  });
});

test.each([
  "",
  "I would call read.",
  `Like this: <tool_call>${named(a)}</tool_call>`,
  `Like this:\n\`\`\`\n<tool_call>${named(a)}</tool_call>\n\`\`\`\n`,
  '{"name":"delete","arguments":{}}',
  '{"name":"read","arguments":"a.txt"}',
  '{"name":"read","arguments":{"path":"a"},"more":1}',
  `${named(a)} is the call.`,
  '[read(path="a")] would do',
  "<tool_call>\n<function=read>\n<parameter=line>x</parameter></function></tool_call>",
])("any other text is an answer: %s", (text) => {
  for (const told of [whole(text), streamed(text, letters)]) {
    expect(told).toEqual({ text, calls: [], reasons: ["stop"], changes: 0 });
  }
});

test("what follows a call is kept", () => {
  const { text, calls } = streamed(`<tool_call>\n${named(a)}\n</tool_call>\nThat is it.`, letters);
  expect([text, calls]).toEqual(["\nThat is it.", [a]]);
});

const beginnings = [
  "<tool_call>",
  "{",
  '{"name":"read"',
  " <tool",
  "<|python_tag|>",
  "```json",
  "[TOOL_CALLS]",
  "[read(",
  "\n<function=",
];

test("text arrives whole and in order, however it is cut", () => {
  const text = fc
    .tuple(fc.constantFrom("", ...beginnings), fc.string(), fc.constantFrom("", ...beginnings), fc.string())
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (words, size) => {
      const told = streamed(words, (all) => all.match(new RegExp(`.{1,${size}}`, "gsu")) ?? []);
      expect(told).toEqual({ text: words, calls: [], reasons: ["stop"], changes: 0 });
    }),
  );
});

test("no word of ordinary text is held back", () => {
  const words = [
    "A",
    " <b",
    ">",
    "\n",
    "1",
    " < 2",
    " and (",
    "x)",
    ":\n```js\n",
    "<tool_call>",
    "\n```\n",
    '{"a":',
    "1}",
  ];
  const answer = calledAnswer(true, tools, "call", () => {});
  for (const event of engineStream(words.map((word) => said.text(word)))) {
    expect(answer.push(Buffer.from(event))).toBe(event);
  }
});

test("a long call is read in time that grows with its length, and a whole answer passes where a stream was expected", () => {
  const long = { name: "write", input: { path: "x}".repeat(50_000) } };
  const told = streamed(
    `<tool_call>${json({ name: "write", arguments: long.input })}</tool_call>`,
    (all) => all.match(/.{1,4}/gs)!,
  );
  expect(told.calls).toEqual([long]);
  const answer = '{"choices":[]}';
  const { push, end } = calledAnswer(true, tools, "call", () => {});
  expect(String(push(Buffer.from(answer))) + String(end())).toBe(answer);
});

test("an answer in which the engine understood a call is left to it", () => {
  const answer = calledAnswer(true, tools, "call", () => {});
  const events = engineStream([said.text("<tool_call>"), said.call(0, "read", "{}"), said.finish("tool_calls")]);
  const stream = events.map((event) => answer.push(Buffer.from(event))).join("") + answer.end();
  expect(stream).toContain('"content":"<tool_call>"');
  expect(stream.match(/"finish_reason":"tool_calls"/g)).toHaveLength(1);
});

test("its example is what it does", () => {
  const { before, after } = callsFromText.example;
  const answer = calledAnswer(false, tools, "call", () => {});
  answer.push(Buffer.from(JSON.stringify({ choices: [{ message: before, finish_reason: "stop" }] })));
  expect(JSON.parse(String(answer.end())).choices[0].message).toEqual(after);
});
