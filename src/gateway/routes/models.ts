/** OpenAI's list of models; each entry also says in which state it is and how soon it could answer. */
import type { FastifyInstance } from "fastify";
import type { Link, ModelView } from "../../link/link.ts";
import type { Auth } from "../auth.ts";
import { mayUse } from "../key-scope.ts";
import type { ModelIndex } from "../model-index.ts";
import type { Settings } from "../settings.ts";
import { bestFor, modelsBehind } from "../virtual-models.ts";
import { modelOf } from "./model-param.ts";

export interface ModelRouteParts {
  link: Pick<Link, "snapshot">;
  auth: Auth;
  models: ModelIndex;
  settings: Pick<Settings, "virtual">;
  /** When this server started, seconds since the epoch: OpenAI's `created`, which has no better meaning here. */
  startedAt: number;
}

export function modelRoutes(app: FastifyInstance, { link, auth, models, settings, startedAt }: ModelRouteParts): void {
  app.get("/v1/models", { onRequest: auth.requireKey }, async ({ key }) => {
    const visible = link.snapshot().models.filter((model) => mayUse(key!, model));
    const own = visible.map((model) => entry(model, startedAt));
    const taken = new Set(visible.flatMap(({ id, aliases }) => [id, ...aliases]));
    const virtual = settings.virtual
      .filter(({ name }) => !taken.has(name))
      .flatMap((one) => virtualEntry(one.name, modelsBehind(one, visible), startedAt));
    return { object: "list", data: [...own, ...virtual] };
  });

  // A wildcard, since ids may contain slashes.
  app.get<{ Params: { "*": string } }>("/v1/models/*", { onRequest: auth.requireKey }, async ({ key, params }) => {
    return entry(modelOf(params["*"], key!, models, link.snapshot()), startedAt);
  });
}

/** As the best of its models would be, with what any of them can do; nothing where it has none. */
function virtualEntry(name: string, behind: ModelView[], created: number): Record<string, unknown>[] {
  const best = bestFor({ media: [], tools: false, tokens: 0 }, behind);
  if (best === null) return [];
  const models = behind.map(({ id }) => id);
  const context = Math.max(...behind.map((model) => model.context));
  const capabilities = [...new Set(behind.flatMap((model) => model.capabilities))];
  const summary = `Stands for ${models.join(", ")}: whichever suits the request and can answer soonest.`;
  return [{ ...entry({ ...best, id: name, aliases: [], summary, context, capabilities }, created), models }];
}

function entry(model: ModelView, created: number): Record<string, unknown> {
  return {
    id: model.id,
    object: "model",
    created,
    owned_by: "hearth",
    aliases: model.aliases,
    description: model.summary,
    state: model.state,
    phase: model.phase,
    percent: model.percent,
    seconds_to_ready: model.secondsToReady,
    context_window: model.context,
    /** The name that vLLM's clients look for. */
    max_model_len: model.context,
    capabilities: model.capabilities,
    status: model.status,
    status_reason: model.statusReason,
    lifecycle: model.lifecycle,
    pinned: model.pinned,
    running: model.running,
    waiting: model.waiting,
  };
}
