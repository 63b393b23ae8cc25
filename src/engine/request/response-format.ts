/** `response_format`: the form that an answer must have. */
import { z } from "zod";
import { anyObjectGrammar, grammarText, type SchemaGrammar } from "../grammar/json-rules.ts";
import { SchemaRules } from "../grammar/schema-rules.ts";

export const responseFormatField = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("text") }),
    // As llama.cpp has it: with a schema of its own, if there is one.
    z.object({ type: z.literal("json_object"), schema: z.record(z.string(), z.unknown()).nullish() }),
    z.object({
      type: z.literal("json_schema"),
      json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }),
    }),
  ])
  .nullish();

/** Null where any text will do. */
export function formatGrammar(format: z.output<typeof responseFormatField>): SchemaGrammar | null {
  if (format?.type === "json_schema") return ofSchema(format.json_schema.schema, "response_format.json_schema.schema");
  if (format?.type !== "json_object") return null;
  if (format.schema == null) return { gbnf: anyObjectGrammar(), left: [] };
  return ofSchema(format.schema, "response_format.schema");
}

function ofSchema(schema: unknown, field: string): SchemaGrammar {
  const rules = new SchemaRules(schema, field, "schema");
  const root = rules.expression();
  return { gbnf: grammarText(root, rules.rules), left: [...rules.left] };
}
