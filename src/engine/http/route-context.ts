import type { FastifyInstance } from "fastify";
import type { Engine } from "../engine.ts";

export type Readiness = { phase: "loading"; percent: number } | { phase: "ready"; engine: Engine };

/** What a route needs. `engine()` throws 503 as long as the model loads. */
export interface RouteContext {
  app: FastifyInstance;
  readiness: () => Readiness;
  engine: () => Engine;
}
