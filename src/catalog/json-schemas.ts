/** The JSON Schemas of the catalog's files, for editors: each file names its own in its first line. */
import { z } from "zod";
import { engineVersionSchema } from "./engine-version.ts";
import { trackSchema } from "./image-track.ts";
import { catalogModelSchema } from "./schema.ts";

/** By name, as in `schema/<name>.schema.json`. Draft 7: what YAML language servers know best. */
export function catalogJsonSchemas(): Record<"model" | "image" | "engine", object> {
  return {
    model: jsonSchema(catalogModelSchema, "A model: catalog/models/<family>/<id>.yaml"),
    image: jsonSchema(trackSchema, "Where an engine's image comes from: catalog/images/<track>/image.yaml"),
    engine: jsonSchema(engineVersionSchema, "What a release of an engine understands: catalog/engines/*.yaml"),
  };
}

function jsonSchema(schema: z.ZodType, title: string): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return { $schema, title, ...rest };
}
