/** `response_format`: the form that an answer must have. */
import { z } from "zod";
import { anyObjectGrammar, grammarText } from "../grammar/json-rules.ts";
import { SchemaRules } from "../grammar/schema-rules.ts";

export const responseFormatField = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("text") }),
    z.object({ type: z.literal("json_object") }),
    z.object({
      type: z.literal("json_schema"),
      json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }),
    }),
  ])
  .nullish();

/** As GBNF; null where any text will do. */
export function formatGrammar(format: z.output<typeof responseFormatField>): string | null {
  if (format?.type === "json_object") return anyObjectGrammar();
  if (format?.type !== "json_schema") return null;
  const schema = new SchemaRules(format.json_schema.schema, "response_format.json_schema.schema", "schema");
  return grammarText(schema.expression(), schema.rules);
}
