/** Engines that speak Messages or Responses themselves miss calls and repeat ids as those do that speak chat. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventsIn } from "../../../../../../test/support/dialects/events-in.ts";
import {
  itemOf,
  messagesStream,
  type NativePart,
  responsesStream,
} from "../../../../../../test/support/dialects/native-stream.ts";
import type { JsonObject } from "../../../../../domain/json-object.ts";
import { nativeAnswer } from "./native-answer.ts";
import type { NativeForm } from "./native-request.ts";

interface Told {
  text: string;
  calls: { id: unknown; name: unknown; input: unknown }[];
  stop: unknown;
  fixups: string[];
}

interface Api {
  form: NativeForm;
  asked(before: string[]): JsonObject;
  stream(parts: NativePart[], stop: string): string[];
  whole(parts: NativePart[], stop: string): object;
  readStream(text: string): Omit<Told, "fixups">;
  readWhole(answer: JsonObject): Omit<Told, "fixups">;
}

const schema = { type: "object", properties: { path: { type: "string" } }, required: ["path"] };

const apis: Api[] = [
  {
    form: "messages",
    asked: (before) => ({
      tools: [{ name: "read", input_schema: schema }],
      messages: [
        { role: "assistant", content: before.map((id) => ({ type: "tool_use", id, name: "read", input: {} })) },
      ],
    }),
    stream: messagesStream,
    whole: (parts, stop) => ({ role: "assistant", content: parts.map(blockOf), stop_reason: stop }),
    readStream: readMessages,
    readWhole: ({ content, stop_reason: stop }) => ({ ...readBlocks(content as JsonObject[]), stop }),
  },
  {
    form: "responses",
    asked: (before) => ({
      tools: [{ type: "function", name: "read", parameters: schema }],
      input: before.map((call_id) => ({ type: "function_call", call_id, name: "read", arguments: "{}" })),
    }),
    stream: responsesStream,
    whole: (parts) => ({ object: "response", output: parts.map(itemOf) }),
    readStream: readResponses,
    readWhole: ({ output }) => ({ ...readItems(output as JsonObject[]), stop: "completed" }),
  },
];

function blockOf(part: NativePart): object {
  if ("text" in part) return { type: "text", text: part.text.join("") };
  const { id, name, pieces } = part.call;
  const [first] = pieces;
  return { type: "tool_use", id, name, input: typeof first === "string" ? JSON.parse(pieces.join("")) : first };
}

function readBlocks(blocks: JsonObject[]): Pick<Told, "text" | "calls"> {
  return {
    text: blocks.map(({ text }) => text ?? "").join(""),
    calls: blocks.flatMap(({ type, id, name, input }) => (type === "tool_use" ? [{ id, name, input }] : [])),
  };
}

function readItems(items: JsonObject[]): Pick<Told, "text" | "calls"> {
  return {
    text: items
      .flatMap(({ content }) => (content as JsonObject[] | undefined) ?? [])
      .map(({ text }) => text)
      .join(""),
    calls: items.flatMap(({ type, call_id: id, name, arguments: given }) =>
      type === "function_call" ? [{ id, name, input: JSON.parse(String(given)) }] : [],
    ),
  };
}

/** As a strict client: blocks are counted from 0, one after the other. */
function readMessages(text: string): Omit<Told, "fixups"> {
  const blocks: JsonObject[] = [];
  let open = false;
  let stop: unknown = null;
  for (const { data } of eventsIn(text)) {
    if (data.type === "content_block_start") {
      expect([open, data.index]).toEqual([false, blocks.length]);
      open = true;
      blocks.push({ ...data.content_block, json: "" });
    } else if (data.type === "content_block_delta") {
      expect([open, data.index]).toEqual([true, blocks.length - 1]);
      const block = blocks.at(-1)!;
      if (data.delta.type === "text_delta") block.text += data.delta.text;
      else block.json += data.delta.partial_json;
    } else if (data.type === "content_block_stop") open = false;
    else if (data.type === "message_delta") stop = data.delta.stop_reason;
  }
  const whole = blocks.map(({ json, ...block }) =>
    json === "" ? block : { ...block, input: JSON.parse(String(json)) },
  );
  return { ...readBlocks(whole), stop };
}

/** As a strict client: every number follows the one before, and what came in pieces is what the items say in the end. */
function readResponses(text: string): Omit<Told, "fixups"> {
  const events = eventsIn(text).map(({ data }) => data);
  expect(events.map(({ sequence_number: n }) => n)).toEqual(events.map((_, at) => at));
  const added = events.filter(({ type }) => type === "response.output_item.added");
  expect(added.map(({ output_index: n }) => n)).toEqual(added.map((_, at) => at));
  const done = events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
  const { response } = events.at(-1);
  expect(response.output).toEqual(done);
  const pieces = events.filter(({ type }) => type === "response.output_text.delta").map(({ delta }) => delta);
  const read = readItems(done);
  expect(pieces.join("")).toBe(read.text);
  return { ...read, stop: response.status };
}

const missed = (streaming: boolean, { form, asked }: Api, answer: string[], before: string[] = []) => {
  const fixups: string[] = [];
  const { push, end } = nativeAnswer(
    form,
    () => asked(before),
    ["calls-from-text"],
    streaming,
    "r",
    (name) => fixups.push(name),
  );
  const told = [...answer.map((bytes) => push(Buffer.from(bytes))), end()].map(String).join("");
  return { told, fixups };
};

const stops = { messages: "tool_use", responses: "completed" };
const written = '<tool_call>\n{"name": "read", "arguments": {"path": "a.txt"}}\n</tool_call>';
const input = { path: "a.txt" };

describe.for(apis)("an engine's own $form", (api) => {
  const told = (parts: NativePart[], before: string[] = [], stop = "end_turn"): Told[] => {
    const streamed = missed(true, api, api.stream(parts, stop), before);
    const whole = missed(false, api, [JSON.stringify(api.whole(parts, stop))], before);
    return [
      { ...api.readStream(streamed.told), fixups: streamed.fixups },
      { ...api.readWhole(JSON.parse(whole.told)), fixups: whole.fixups },
    ];
  };

  test.for([
    ["alone", [[...written]], ""],
    ["behind words", [["I read it.\n", ...written]], "I read it.\n"],
    ["in the second text", [["First."], [written]], "First."],
  ] as const)("a call that the model wrote into its text, %s, becomes one", ([, texts, words]) => {
    for (const one of told(texts.map((text) => ({ text: [...text] })))) {
      expect(one).toMatchObject({ text: words, calls: [{ name: "read", input }], fixups: ["calls-from-text"] });
      expect(one.calls[0]!.id).toMatch(/^call_r_/);
      expect(one.stop).toBe(stops[api.form]);
    }
  });

  test("two written calls have two ids", () => {
    for (const { calls } of told([{ text: [`${written}\n${written}`] }])) {
      expect(calls.map(({ input }) => input)).toEqual([input, input]);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    }
  });

  test("what is no call of the request's tools stays text", () => {
    const text = written.replace("read", "delete");
    for (const one of told([{ text: [...text] }])) expect(one).toMatchObject({ text, calls: [], fixups: [] });
  });

  test.for([
    ["repeated", ["x", "x"], ["x", "x_1"]],
    ["of an earlier call", ["old", "new"], ["call_r_0", "new"]],
    ["a number, and missing", [7, undefined], ["7", "call_r_1"]],
  ] as const)("an id that is %s is made one that only this call has", ([, given, ids]) => {
    const parts = given.map((id) => ({ call: { id, name: "read", pieces: ['{"path":', '"a.txt"}'] } }));
    for (const one of told(parts, ["old"], "tool_use")) {
      expect(one.calls).toEqual(ids.map((id) => ({ id, name: "read", input })));
      expect(one.fixups).toEqual(["mend-calls"]);
    }
  });

  test.for([
    ["as an object", [input]],
    ["encoded twice", [...JSON.stringify(JSON.stringify(input))]],
  ] as const)("arguments that come %s are what its clients expect", ([, pieces]) => {
    const parts = [{ call: { id: "a", name: "read", pieces: [...pieces] } }];
    for (const { calls } of told(parts, [], "tool_use")) expect(calls).toEqual([{ id: "a", name: "read", input }]);
  });

  test("an answer that calls a tool says so", () => {
    for (const { stop } of told([{ call: { id: "a", name: "read", pieces: ['{"path":"a.txt"}'] } }])) {
      expect(stop).toBe(stops[api.form]);
    }
  });

  test("what is right passes byte for byte, however it is cut", () => {
    const part: fc.Arbitrary<NativePart> = fc.oneof(
      fc.array(fc.stringMatching(/^[a-z .\n]{0,8}$/), { minLength: 1 }).map((text) => ({ text })),
      fc.uuid().map((id) => ({ call: { id, name: "read", pieces: ['{"path":', '"a"}'] } })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.nat(60), (parts, size) => {
        const stop = parts.some((one) => "call" in one) ? "tool_use" : "end_turn";
        const sent = api
          .stream(
            parts.filter((one) => "call" in one || one.text.join("") !== ""),
            stop,
          )
          .join("");
        const cuts = sent.match(new RegExp(`[^]{1,${size + 1}}`, "g")) ?? [];
        const { told, fixups } = missed(true, { ...api, asked: () => api.asked([]) }, cuts);
        expect(fixups).toEqual([]);
        expect(api.readStream(told)).toEqual(api.readStream(sent));
        const plain = nativeAnswer(
          api.form,
          () => api.asked([]),
          [],
          true,
          "r",
          () => {},
        );
        expect([...cuts.map((cut) => plain.push(Buffer.from(cut))), plain.end()].map(String).join("")).toBe(sent);
      }),
      { numRuns: 60 },
    );
  });

  test("words that may become a call are not lost where the stream breaks off", () => {
    const events = api.stream([{ text: ["Look: ", "\n<tool_call>\n{"] }], "end_turn");
    const cut = events.slice(
      0,
      events.findLastIndex((event) => event.includes("tool_call>") && event.includes("delta")) + 1,
    );
    expect(missed(true, api, cut).told).toContain("<tool_call>");
  });
});
