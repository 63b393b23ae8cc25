import { expect, test } from "vitest";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import { validBodies } from "../../../../test/support/dialects/valid-bodies.ts";
import { readRequest } from "../read-request.ts";
import { responsesDialect } from "./dialect.ts";
import { responsesRequest } from "./request.ts";
import { responseObject } from "./response-object.ts";

/** Of the Open Responses specification of 2026-04-24, ResponseResource: what has to be there, and what may not be null. */
const nullable = [
  "completed_at",
  "incomplete_details",
  "previous_response_id",
  "instructions",
  "error",
  "reasoning",
  "usage",
  "max_output_tokens",
  "max_tool_calls",
  "safety_identifier",
  "prompt_cache_key",
];
const never = {
  id: "string",
  object: "string",
  created_at: "number",
  status: "string",
  model: "string",
  output: "object",
  tools: "object",
  tool_choice: "string",
  truncation: "string",
  parallel_tool_calls: "boolean",
  text: "object",
  top_p: "number",
  presence_penalty: "number",
  frequency_penalty: "number",
  top_logprobs: "number",
  temperature: "number",
  store: "boolean",
  background: "boolean",
  service_tier: "string",
  metadata: "object",
};

const done = { status: "completed", reason: null, output: [], usage: null, completedAt: 7900 } as const;
const about = { id: "r", model: null };

test.each([
  ["a request that leaves everything open", responseObject({}, about, 5000, { ...done, output: [] })],
  [
    "a stream that fails",
    eventsIn(responsesDialect.streamError({ code: "engine_failed", message: "it broke" }, about, false, ""))[0]!.data
      .response,
  ],
])("%s: its response has every member that Open Responses requires", (_, response) => {
  for (const name of nullable) expect(response).toHaveProperty(name);
  const types = Object.fromEntries(Object.keys(never).map((name) => [name, typeof response[name]]));
  expect(types).toEqual(never);
  for (const name of Object.keys(never)) expect([name, response[name]]).not.toEqual([name, null]);
});

test("what a request says stands in its response, its tools whole", () => {
  const request = readRequest(responsesRequest, {
    ...validBodies["/v1/responses"],
    presence_penalty: 0.5,
    prompt_cache_key: "k",
    safety_identifier: "s",
    service_tier: "flex",
  });
  const response = responseObject(request, about, 5000, { ...done, output: [] });
  expect(response).toMatchObject({
    created_at: 5,
    completed_at: 7,
    instructions: "be kind",
    presence_penalty: 0.5,
    prompt_cache_key: "k",
    safety_identifier: "s",
    service_tier: "flex",
    metadata: { a: "b" },
    reasoning: { effort: "low", summary: "auto" },
    text: { format: { type: "json_schema", name: "n", strict: true, description: null }, verbosity: "medium" },
    tool_choice: { type: "function", name: "read" },
  });
  expect(response.tools).toMatchObject([{ type: "function", name: "read", description: null, strict: null }, {}, {}]);
});
