/** The JSON Schema of hearth.yaml, for editors. What only Hearth can check (names that must exist, say) it leaves out. */
import { z } from "zod";
import { modelEntrySchema } from "./schema/model.ts";
import { configSchema } from "./schema/root.ts";

/** Draft 7: what YAML language servers know best. */
export function configJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, {
    ...{ io: "input", target: "draft-7" },
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== modelEntrySchema) return;
      const written = { ...jsonSchema, anyOf: [{ required: ["use"] }, { required: ["id"] }] };
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      jsonSchema.anyOf = [{ type: "string", description: "A model of the catalog." }, written];
    },
  });
  return { $schema, title: "hearth.yaml", description: "The configuration of Hearth.", ...schema };
}
