/** Structured output: an answer that a schema holds. */
import { z } from "zod";
import { TrialFailure } from "../failure.ts";
import { texts } from "../pluck.ts";
import type { Trial } from "../trial.ts";

const city = z.strictObject({ name: z.string(), country: z.string(), inhabitants: z.int() });

const schema = {
  type: "object",
  properties: { name: { type: "string" }, country: { type: "string" }, inhabitants: { type: "integer" } },
  required: ["name", "country", "inhabitants"],
  additionalProperties: false,
};

export const jsonTrial: Trial = {
  name: "json",
  group: "json",
  needs: ["json"],
  async run({ model, server }) {
    const sent = {
      model: model.id,
      messages: [{ role: "user", content: "Describe the city of Paris as JSON." }],
      max_tokens: 1024,
      temperature: 0,
      response_format: { type: "json_schema", json_schema: { name: "city", strict: true, schema } },
    };
    const { status, text, json } = await server.send("POST", "/v1/chat/completions", { body: sent });
    const fail = (why: string) => new TrialFailure(why, { sent, came: json ?? text });
    if (status !== 200) throw fail(`status ${status}`);
    const content = texts(json, ["choices.*.message.content"]);
    const held = city.safeParse(parsed(content));
    if (!held.success) throw fail("an answer that the schema does not hold");
    return { says: "the answer is what the schema asks for" };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
