import Fastify from "fastify";

/** The status with which Fastify's own validator (Ajv) takes a value: 200 where the JSON Schema allows it, else 400. */
export async function schemaStatus(schema: object, value: unknown): Promise<number> {
  const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } } });
  app.post("/", { schema: { body: schema } }, () => "fine");
  const { statusCode } = await app.inject({
    method: "POST",
    url: "/",
    headers: { "content-type": "application/json" },
    payload: JSON.stringify(value),
  });
  await app.close();
  return statusCode;
}
