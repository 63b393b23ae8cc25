/** The routes of Ollama's API that describe models; those that ask one are relayed. */
import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/problem.ts";
import type { Link } from "../../link/link.ts";
import type { Auth } from "../auth.ts";
import { runningEntry, shownEntry, tagEntry } from "../dialects/ollama/model-entry.ts";
import { mayUse } from "../key-scope.ts";
import type { ModelIndex } from "../model-index.ts";
import { takeJsonBodies } from "./json-bodies.ts";
import { modelOf } from "./model-param.ts";

/** Of Ollama's API, not of Hearth: clients refuse to work with what they take for too old. */
const apiVersion = "0.12.6";
const longestQuestion = 64 * 1024;

export interface OllamaParts {
  link: Pick<Link, "snapshot">;
  auth: Auth;
  models: ModelIndex;
  version: string;
  /** When this server started, seconds since the epoch. */
  startedAt: number;
}

/** Register it in a scope of its own: it takes bodies of any type. */
export async function ollamaRoutes(app: FastifyInstance, parts: OllamaParts): Promise<void> {
  const { link, auth, models, version, startedAt } = parts;
  const keyed = { onRequest: auth.requireKey };
  takeJsonBodies(app, longestQuestion);

  app.get("/api/version", async () => ({ version: apiVersion, hearth: version }));

  app.get("/api/tags", keyed, async ({ key }) => {
    const visible = link.snapshot().models.filter((model) => mayUse(key!, model));
    return { models: visible.map((model) => tagEntry(model, startedAt)) };
  });

  app.get("/api/ps", keyed, async ({ key }) => {
    const running = link.snapshot().models.filter((model) => model.state === "ready" && mayUse(key!, model));
    return { models: running.map(runningEntry) };
  });

  app.post<{ Body: Record<string, unknown> }>("/api/show", keyed, async ({ key, body }) => {
    const name = body.model ?? body.name;
    if (typeof name !== "string" || name === "") {
      throw new Problem("model_required", "Say which model: `model` is missing.", { param: "model" });
    }
    return shownEntry(modelOf(name, key!, models, link.snapshot()), startedAt);
  });
}
