/** The control API's description, from the very schemas that check its requests. */
import { z } from "zod";
import type { Route } from "./route.ts";
import { errorSchema, snapshotSchema, wakerEventSchema } from "./schema/snapshot.ts";

type Json = Record<string, unknown>;

const componentsPrefix = "#/components/schemas/";

/** An OpenAPI 3.1 document. */
export function openApiDocument(routes: readonly Route[], { prefix, version }: { prefix: string; version: string }) {
  const components: Json = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output") => withComponents(schema, io, components);
  for (const schema of [snapshotSchema, wakerEventSchema, errorSchema]) schemaOf(schema, "output");
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operation(route, schemaOf);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Hearth control API",
      version,
      description: "What an operator may see and do. Every route needs an admin key.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: prefix }],
    security: [{ bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
      },
    },
  };
}

type SchemaOf = (schema: z.ZodType, io: "input" | "output") => Json;

function operation(route: Route, schemaOf: SchemaOf): Json {
  const { id, summary, description, body } = route;
  const parameters = [...parametersOf(route.params, "path", schemaOf), ...parametersOf(route.query, "query", schemaOf)];
  const answers = Object.entries(route.answers).map(([status, { description, schema, contentType }]) => {
    const type = contentType ?? "application/json";
    const content = { [type]: { schema: schema === undefined ? { type: "string" } : schemaOf(schema, "output") } };
    return [status, { description, content }];
  });
  const failure = {
    description: "An error; see docs/errors.md for the codes.",
    content: { "application/json": { schema: { $ref: `${componentsPrefix}Error` } } },
  };
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } } }),
    responses: { ...Object.fromEntries(answers), default: failure },
  };
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query", schemaOf: SchemaOf): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

/** A schema in place, with everything that has an `id` moved to the components. */
function withComponents(schema: z.ZodType, io: "input" | "output", components: Json): Json {
  const made = z.toJSONSchema(schema, { io, override: io === "output" ? open : () => {} });
  const { $schema, $defs, ...own } = JSON.parse(
    JSON.stringify(made).replaceAll('"#/$defs/', `"${componentsPrefix}`),
  ) as Json & { $defs?: Json };
  Object.assign(components, $defs);
  return own;
}

/** Answers may gain members: a client must not refuse what it does not know. */
function open({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}
