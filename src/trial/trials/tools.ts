/** Calls of tools as agents need them: one, several at once, in a stream, and the answer to a result. */

import { TrialFailure } from "../failure.ts";
import { pluck, texts } from "../pluck.ts";
import type { Subject } from "../subject.ts";
import type { Seen, Trial } from "../trial.ts";

const tool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city right now.",
    parameters: {
      type: "object",
      properties: { city: { type: "string", description: "Name of the city, in English" } },
      required: ["city"],
    },
  },
};

const system = { role: "system", content: "Use the tools to answer. Never guess the weather." };
const ask = (content: string) => [system, { role: "user", content }];
const onePlace = ask("What is the weather in Paris?");
const twoPlaces = ask("What is the weather in Paris and in Tokyo? Look both up at once, with one call for each city.");

interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

export const toolTrials: Trial[] = [
  trial("call", async (subject) => {
    const { sent, came, calls } = await wholeCalls(subject, onePlace);
    return judge(calls, ["Paris"], { sent, came });
  }),
  trial("parallel", async (subject) => {
    const { sent, came, calls } = await wholeCalls(subject, twoPlaces);
    return judge(calls, ["Paris", "Tokyo"], { sent, came });
  }),
  trial("streamed", async ({ model, server }) => {
    const sent = { ...request(model.id, onePlace), stream: true };
    const { status, text, events, broken } = await server.stream("/v1/chat/completions", sent);
    if (status !== 200) throw new TrialFailure(`status ${status}`, { sent, came: text });
    if (broken !== null) throw new TrialFailure(`the stream broke off: ${broken}`, { sent, came: text });
    return judge(joined(events.flatMap(({ json }) => pluck(json, "choices.*.delta.tool_calls.*"))), ["Paris"], {
      sent,
      came: text,
    });
  }),
  trial("result", async ({ model, server }) => {
    const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };
    const answered = [
      ...onePlace,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: '{"celsius": 23, "sky": "clear"}' },
    ];
    const sent = request(model.id, answered);
    const { status, text, json } = await server.send("POST", "/v1/chat/completions", { body: sent });
    if (status !== 200) throw new TrialFailure(`status ${status}`, { sent, came: json ?? text });
    if (!texts(json, ["choices.*.message.content"]).includes("23")) {
      throw new TrialFailure("the answer does not say what the tool's result says", { sent, came: json });
    }
    return { says: "the answer uses the tool's result" };
  }),
];

function trial(name: string, run: Trial["run"]): Trial {
  return { name: `tools/${name}`, group: "tools", needs: ["tools"], run };
}

/** Room for a model that thinks first. */
const most = 1024;

function request(model: string, messages: object[]): object {
  return { model, messages, tools: [tool], temperature: 0, max_tokens: most };
}

async function wholeCalls({ model, server }: Subject, messages: object[]) {
  const sent = request(model.id, messages);
  const { status, text, json } = await server.send("POST", "/v1/chat/completions", { body: sent });
  if (status !== 200) throw new TrialFailure(`status ${status}`, { sent, came: json ?? text });
  const calls = pluck(json, "choices.*.message.tool_calls.*").map(
    (call): ToolCall => ({
      id: texts(call, ["id"]),
      name: texts(call, ["function.name"]),
      arguments: texts(call, ["function.arguments"]),
    }),
  );
  return { sent, came: json, calls };
}

/** Pieces of a stream by their index: arguments come in parts. */
export function joined(pieces: unknown[]): ToolCall[] {
  const calls = new Map<unknown, ToolCall>();
  for (const piece of pieces) {
    const index = pluck(piece, "index")[0];
    const call = calls.get(index) ?? { id: "", name: "", arguments: "" };
    calls.set(index, {
      id: call.id || texts(piece, ["id"]),
      name: call.name + texts(piece, ["function.name"]),
      arguments: call.arguments + texts(piece, ["function.arguments"]),
    });
  }
  return [...calls.values()];
}

/** One call for each city, with arguments that can be parsed and ids that differ. */
export function judge(calls: ToolCall[], cities: string[], proof: { sent: unknown; came: unknown }): Seen {
  const fail = (why: string) => new TrialFailure(why, proof);
  if (calls.length === 0) throw fail("no call of a tool");
  const asked = calls.map(({ name, arguments: given }) => {
    if (name !== "get_weather") throw fail(`a call of "${name}", which no tool is called`);
    const city = texts(parsed(given, fail), ["city"]);
    if (city === "") throw fail(`a call without the city: ${given}`);
    return city;
  });
  const missing = cities.filter((city) => !asked.some((found) => found.toLowerCase().includes(city.toLowerCase())));
  if (missing.length > 0) throw fail(`${calls.length} of ${cities.length} calls: none for ${missing.join(" and ")}`);
  if (calls.some(({ id }) => id === "")) throw fail("a call without an id");
  if (new Set(calls.map(({ id }) => id)).size < calls.length) throw fail("two calls with the same id");
  return { says: `${calls.length === 1 ? "one call" : `${calls.length} calls`} with the right arguments` };
}

function parsed(text: string, fail: (why: string) => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fail(`arguments that are no JSON: ${text}`);
  }
}
