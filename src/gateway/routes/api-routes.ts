/** The routes of all APIs that the gateway answers by itself: lists of models, and counts of tokens. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { BodyBudget } from "../body/budget.ts";
import type { Knowledge, PullModel } from "../dialects/api.ts";
import { estimateTokens } from "../dialects/chat/token-estimate.ts";
import { JsonLines } from "../dialects/json-lines.ts";
import { localAt, localPaths } from "../dialects/local.ts";
import { decodedModel, modelInPath } from "../dialects/model-path.ts";
import { splitUrl } from "../dialects/split-url.ts";
import { countedPrompt } from "../fit/context-guard.ts";
import type { Auth } from "../http/auth.ts";
import { mayUse } from "../http/key-scope.ts";
import { unknownRoute } from "../http/not-found.ts";
import type { KeptOfAll } from "../kept/kept.ts";
import type { ModelIndex } from "../models/index.ts";
import { listedModel, listedModels, namedModel } from "../models/listed-models.ts";
import type { Settings } from "../settings.ts";
import type { AskParts } from "../upstream/ask-engine.ts";
import { takeJsonBodies } from "./json-bodies.ts";
import { modelOf } from "./model-param.ts";
import { sendLines } from "./send-lines.ts";

export interface ApiRouteParts extends AskParts {
  auth: Auth;
  bodies: BodyBudget;
  models: ModelIndex;
  settings: Settings;
  kept: Pick<KeptOfAll, "of">;
  /** Null where the weights are elsewhere: they come with an engine's start. */
  pull: PullModel | null;
  log: Pick<Logger, "error">;
  version: string;
  /** When this server started, seconds since the epoch. */
  startedAt: number;
}

type Request = FastifyRequest<{ Body: Record<string, unknown> | undefined }>;

/** Register it in a scope of its own: it takes bodies of any type. */
export async function apiRoutes(app: FastifyInstance, parts: ApiRouteParts): Promise<void> {
  takeJsonBodies(app, parts);
  for (const { method, url, open } of localPaths) {
    app.route({
      method,
      url,
      onRequest: open ? parts.auth.refuseWrongKey : parts.auth.requireKey,
      async handler(request: Request, reply) {
        const { path, query } = splitUrl(request.raw.url ?? "");
        const { api, route, names } = localAt(method, path, request.headers) ?? refuse(method, path);
        const [named, item] = [decodedModel(names[0]), decodedModel(names[1])];
        const asked = { named, item, query: new URLSearchParams(query), body: request.body ?? {} };
        const answer = await route.answer(asked, knowledge(parts, request, reply));
        return answer instanceof JsonLines ? sendLines(reply, answer, api.dialect, parts.log) : answer;
      },
    });
  }
}

/** Throws a Problem: the path only begins like a route's. */
function refuse(method: string, path: string): never {
  // Says so where the name of a route stands in the place of a model's.
  if (method === "POST") modelInPath(path);
  throw unknownRoute(method, path, null);
}

function knowledge(parts: ApiRouteParts, request: Request, reply: FastifyReply): Knowledge {
  const { link, models, settings, kept, version, startedAt } = parts;
  const key = request.key;
  const list = () =>
    key === null
      ? []
      : listedModels(
          link.snapshot().models.filter((model) => mayUse(key, model)),
          settings.virtual,
        );
  const model = (name: string) => modelOf(name, key!, models, link.snapshot());
  return {
    models: list,
    model,
    listed: (name) => listedModel(list(), name) ?? namedModel(model(name), name),
    async countTokens(model, { messages, tools }) {
      const counted = await countedPrompt(parts, model, key!, request.id, { messages, tools });
      reply.header("x-hearth-model", model.id).header("x-hearth-token-count", counted === null ? "estimate" : "exact");
      return counted ?? estimateTokens(messages, tools);
    },
    get kept() {
      return kept.of(key!);
    },
    pull: parts.pull ?? (async () => {}),
    startedAt,
    version,
  };
}
