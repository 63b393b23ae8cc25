/** One route of the control API as a value: what Fastify serves, what is checked and what openapi.json says come from it. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";

export interface RouteCall<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Aborted when the client goes away and when Hearth closes. */
  gone: AbortSignal;
}

export interface RouteAnswer {
  description: string;
  /** Absent: text, or a stream. */
  schema?: z.ZodType;
  /** Default: application/json. */
  contentType?: string;
}

export interface RouteDefinition<Params, Query, Body> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the prefix, parameters in braces: `/models/{id}/stop`. */
  path: string;
  /** Name of the operation for generated clients. */
  id: string;
  summary: string;
  /** `user`: for whoever may use models, and then `request.key` says who. Default: for administrators alone. */
  access?: "user";
  /** A paragraph for openapi.json. */
  description?: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** What it answers when it works, by status; the first is the one that is sent unless `run` sets another. */
  answers: Record<number, RouteAnswer>;
  /** Returns the JSON of the answer. Throws a Problem. */
  run(call: RouteCall<Params, Query, Body>): unknown;
}

export type Route = RouteDefinition<unknown, unknown, unknown>;

/** Infers what `run` gets from the schemas. */
export function route<Params, Query, Body>(definition: RouteDefinition<Params, Query, Body>): Route {
  return definition as Route;
}
