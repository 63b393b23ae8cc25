/** For a scope of Fastify's: bodies are JSON objects, whatever they call themselves, as `curl -d` calls them a form. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { isObject, type JsonObject } from "../../domain/json-object.ts";
import { Problem } from "../../domain/problem.ts";
import type { BodyBudget, BodyShare } from "../body/budget.ts";
import { readBody } from "../body/read.ts";
import type { Settings } from "../settings.ts";

export interface JsonBodyParts {
  bodies: BodyBudget;
  settings: Pick<Settings, "bodyBytes">;
}

/**
 * Handlers get an object, an empty one for an empty body. Broken bodies are answered with a Problem (`invalid_json`,
 * `invalid_request`), and so are those that there is no room for.
 */
export function takeJsonBodies(app: FastifyInstance, { bodies, settings }: JsonBodyParts): void {
  const shares = new WeakMap<IncomingMessage, BodyShare>();
  app.addHook("preParsing", async ({ key, raw }, reply, payload) => {
    const share = bodies.open(key?.name ?? "");
    shares.set(raw, share);
    reply.raw.once("close", () => share.close());
    return payload;
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async ({ raw }: { raw: IncomingMessage }) => {
    const body = await readBody(raw, settings.bodyBytes, shares.get(raw)!);
    // Null: the client has gone, and nobody reads the answer.
    return body === null ? {} : objectIn(body);
  });
}

function objectIn(body: Buffer): JsonObject {
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
