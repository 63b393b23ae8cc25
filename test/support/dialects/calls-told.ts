/** The calls that a client of each API reads in an answer. */

import { messages } from "../../../src/gateway/dialects/anthropic/translation.ts";
import { generateContent, streamEvents } from "../../../src/gateway/dialects/gemini/translation.ts";
import { chat as ollamaChat } from "../../../src/gateway/dialects/ollama/chat.ts";
import { responses } from "../../../src/gateway/dialects/responses/translation.ts";
import type { Translation } from "../../../src/gateway/dialects/translation.ts";
import { offered, type PlainCall } from "./call-pieces.ts";
import { eventsIn } from "./events-in.ts";

export interface ToldCall extends PlainCall {
  id: unknown;
}

export interface CallingApi {
  name: string;
  translation: Translation;
  request: Record<string, unknown>;
  /** Throws where the answer breaks the API's own rules. */
  calls(answer: string): ToldCall[];
}

const schema = { type: "object", properties: {} };
const user = [{ role: "user", content: "hi" }];
const functions = offered.map((name) => ({ type: "function", function: { name, parameters: schema } }));
const anthropic = {
  model: "m",
  max_tokens: 9,
  messages: user,
  tools: offered.map((name) => ({ name, input_schema: schema })),
};
const response = {
  model: "m",
  input: "hi",
  tools: offered.map((name) => ({ type: "function", name, parameters: schema })),
};
const gemini = {
  contents: [{ role: "user", parts: [{ text: "hi" }] }],
  tools: [{ functionDeclarations: offered.map((name) => ({ name })) }],
};
const ollama = { model: "m", messages: user, tools: functions };

export const streamingApis: CallingApi[] = [
  { name: "Anthropic", translation: messages, request: { ...anthropic, stream: true }, calls: blocksIn },
  {
    name: "Responses",
    translation: responses,
    request: { ...response, stream: true },
    calls: (answer) => outputCalls(eventsIn(answer).at(-1)!.data.response),
  },
  {
    name: "Gemini",
    translation: streamEvents,
    request: gemini,
    calls: (answer) => eventsIn(answer).flatMap(({ data }) => functionCalls(data)),
  },
  {
    name: "Ollama",
    translation: ollamaChat,
    request: { ...ollama, stream: true },
    calls: (answer) =>
      answer
        .trim()
        .split("\n")
        .flatMap((line) => messageCalls(JSON.parse(line))),
  },
];

export const wholeApis: CallingApi[] = [
  {
    name: "Anthropic",
    translation: messages,
    request: anthropic,
    calls: (answer) =>
      (JSON.parse(answer).content as { type: string; id: string; name: string; input: PlainCall["input"] }[])
        .filter(({ type }) => type === "tool_use")
        .map(({ id, name, input }) => ({ id, name, input })),
  },
  { name: "Responses", translation: responses, request: response, calls: (answer) => outputCalls(JSON.parse(answer)) },
  {
    name: "Gemini",
    translation: generateContent,
    request: gemini,
    calls: (answer) => functionCalls(JSON.parse(answer)),
  },
  {
    name: "Ollama",
    translation: ollamaChat,
    request: { ...ollama, stream: false },
    calls: (answer) => messageCalls(JSON.parse(answer)),
  },
];

/** One block after the other: none begins, or goes on, within another. */
function blocksIn(answer: string): ToldCall[] {
  const calls: (Omit<ToldCall, "input"> & { text: string })[] = [];
  let open: number | null = null;
  for (const { data } of eventsIn(answer)) {
    if (data.type === "content_block_start") {
      if (open !== null) throw new Error("a block opens within a block");
      open = data.index as number;
      if (data.content_block.type === "tool_use") calls.push({ ...data.content_block, text: "" });
    } else if (data.type === "content_block_delta") {
      if (open !== data.index) throw new Error("a piece of a block that is not open");
      if (data.delta.type === "input_json_delta") calls.at(-1)!.text += data.delta.partial_json;
    } else if (data.type === "content_block_stop") open = null;
  }
  return calls.map(({ id, name, text }) => ({ id, name, input: JSON.parse(text) }));
}

function outputCalls(whole: { output: Record<string, string>[] }): ToldCall[] {
  const calls = whole.output.filter(({ type }) => type === "function_call");
  return calls.map(({ call_id: id, name, arguments: text }) => ({ id, name: name!, input: JSON.parse(text!) }));
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
function functionCalls(piece: any): ToldCall[] {
  const parts = piece.candidates[0].content.parts as {
    functionCall?: { id: string; name: string; args: PlainCall["input"] };
  }[];
  return parts.flatMap(({ functionCall: call }) =>
    call === undefined ? [] : [{ id: call.id, name: call.name, input: call.args }],
  );
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
function messageCalls({ message }: any): ToldCall[] {
  const calls = (message.tool_calls ?? []) as {
    id: string;
    function: { name: string; arguments: PlainCall["input"] };
  }[];
  return calls.map(({ id, function: { name, arguments: input } }) => ({ id, name, input }));
}
