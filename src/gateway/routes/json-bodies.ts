/** For a scope of Fastify's: bodies are JSON objects, whatever they call themselves, as `curl -d` calls them a form. */
import type { FastifyInstance } from "fastify";
import { isObject, type JsonObject } from "../../domain/json-object.ts";
import { Problem } from "../../domain/problem.ts";

/** Handlers get an object, an empty one for an empty body. Broken bodies are answered with a Problem (`invalid_json`, `invalid_request`). */
export function takeJsonBodies(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, async (_: unknown, body: Buffer) => objectIn(body));
}

export function objectIn(body: Buffer): JsonObject {
  // Clients name a type also where they send nothing, above all with DELETE.
  if (body.length === 0) return {};
  const value = parsed(body);
  if (isObject(value)) return value;
  throw new Problem("invalid_request", "The body is JSON, but not an object.");
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new Problem("invalid_json", "The body is not valid JSON. Send a JSON object.");
  }
}
