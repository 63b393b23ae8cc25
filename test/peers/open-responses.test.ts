/**
 * The seven cases by which Open Responses judges a server (openresponses.org/compliance), and some that it leaves out: what
 * comes back is held to the specification's own types (PyPI: openresponses-types).
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { eventsIn } from "../support/dialects/events-in.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { model, test } from "./support/peers-test.ts";
import { pythonSuite } from "./support/python.ts";

const suite = await pythonSuite("open-responses");

const user = (content: unknown) => ({ type: "message", role: "user", content });
const weather = {
  type: "function",
  name: "get_weather",
  description: "Get the current weather for a location",
  parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
};
const heart =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** `against`: what the specification has against it all the same; why, is said in docs/compatibility.md. */
const cases: [name: string, request: object, output: string, against?: string[]][] = [
  ["a text", { input: [user("Say hello in exactly 3 words.")] }, "message"],
  ["a streamed text", { input: [user("Count from 1 to 5.")], stream: true }, "message"],
  ["a system prompt", { input: [{ ...user("Speak as a pirate."), role: "system" }, user("Say hello.")] }, "message"],
  ["a tool call", { input: [user("How is the weather?")], tools: [weather] }, "function_call"],
  ["a streamed tool call", { input: [user("How is the weather?")], tools: [weather], stream: true }, "function_call"],
  [
    "a picture",
    {
      input: [
        user([
          { type: "input_text", text: "What is this?" },
          { type: "input_image", image_url: heart },
        ]),
      ],
    },
    "message",
  ],
  [
    "several turns",
    { input: [user("I am Alice."), { ...user("Hello Alice!"), role: "assistant" }, user("Who am I?")] },
    "message",
  ],
  [
    "an answer by a schema",
    { input: "x", text: { format: { type: "json_schema", name: "n", schema: {} } } },
    "message",
    [
      "text.format.TextResponseFormat.type: Input should be 'text'",
      "text.format.JsonObjectResponseFormat.type: Input should be 'json_object'",
      "text.format.JsonSchemaResponseFormat.schema: Input should be None",
    ],
  ],
  ["a kept response", { input: "x", store: true, stream: true }, "message"],
];

/** What the specification's types have against each of these. */
async function faultsOf(told: { kind: "response" | "event"; value: unknown }[], bin: string): Promise<string[]> {
  const script = fileURLToPath(new URL("support/open_responses_schema.py", import.meta.url));
  const input = told.map((one) => `${JSON.stringify(one)}\n`).join("");
  const judge = new OwnedProcess(join(bin, "python"), [script], { input, name: "openresponses-types" });
  await judge.says(new RegExp(`^(?:\\[.*\\]\\n){${told.length}}`));
  await judge.end("SIGTERM");
  return judge.out
    .trim()
    .split("\n")
    .flatMap((line) => JSON.parse(line) as string[]);
}

test.for(cases)("%s", async ([, request, output, against = []], { obedient, skip }) => {
  if ("missing" in suite) return skip(suite.missing);
  const { status, text, json } = await obedient.post("/v1/responses", { model, ...request });
  expect([status, text]).toEqual([200, expect.any(String)]);
  const events = json === undefined ? eventsIn(text).map(({ data }) => data) : [];
  const response = json ?? events.at(-1).response;
  expect(response).toMatchObject({ status: "completed", output: [{ type: output }] });
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
  const told = [
    { kind: "response" as const, value: response },
    ...events.map((value) => ({ kind: "event" as const, value })),
  ];
  expect(await faultsOf(told, suite.bin)).toEqual(against);
});
