/** The routes of all APIs that the gateway answers by itself: lists of models, and counts of tokens. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knowledge, LocalRoute } from "../dialects/api.ts";
import { apis } from "../dialects/apis.ts";
import { estimateTokens } from "../dialects/chat/token-estimate.ts";
import { modelInPath } from "../dialects/model-path.ts";
import { modelIn, type PathPattern, pathPattern } from "../dialects/path-pattern.ts";
import { countedPrompt } from "../fit/context-guard-count.ts";
import type { Auth } from "../http/auth.ts";
import { mayUse } from "../http/key-scope.ts";
import { unknownRoute } from "../http/not-found.ts";
import { splitUrl } from "../http/split-url.ts";
import type { ModelIndex } from "../models/index.ts";
import { listedModels } from "../models/listed-models.ts";
import type { Settings } from "../settings.ts";
import type { AskParts } from "../upstream/ask-engine.ts";
import { takeJsonBodies } from "./json-bodies.ts";
import { modelOf } from "./model-param.ts";

export interface ApiRouteParts extends AskParts {
  auth: Auth;
  models: ModelIndex;
  settings: Settings;
  version: string;
  /** When this server started, seconds since the epoch. */
  startedAt: number;
}

type Request = FastifyRequest<{ Body: Record<string, unknown> | undefined; Params: { "*"?: string } }>;

/** Register it in a scope of its own: it takes bodies of any type. */
export async function apiRoutes(app: FastifyInstance, parts: ApiRouteParts): Promise<void> {
  takeJsonBodies(app, parts.settings.bodyBytes);
  const listed = apis.flatMap(({ local }) => local);
  for (const route of listed) {
    for (const path of [route.path, ...(route.also ?? [])]) {
      const pattern = pathPattern(path);
      app.route({
        method: route.method,
        // A wildcard, since ids may contain slashes.
        url: pattern === null ? path : `${pattern.before}*`,
        ...(route.open === true ? {} : { onRequest: parts.auth.requireKey }),
        handler: (request: Request, reply) =>
          route.answer(asked(route, pattern, request), knowledge(parts, request, reply)),
      });
    }
  }
}

/** Throws a Problem where the path only begins like the route's. */
function asked(route: LocalRoute, pattern: PathPattern | null, { params, body = {}, raw }: Request) {
  if (pattern === null) return { model: "", body };
  const model = modelIn(`${pattern.before}${params["*"] ?? ""}`, pattern);
  const { path } = splitUrl(raw.url ?? "");
  // Says so where the name of a route stands in the place of a model's.
  if (model === null) modelInPath(path);
  if (model === null) throw unknownRoute(route.method, path);
  return { model, body };
}

function knowledge(parts: ApiRouteParts, request: Request, reply: FastifyReply): Knowledge {
  const { link, models, settings, version, startedAt } = parts;
  const key = request.key;
  return {
    models: () =>
      key === null
        ? []
        : listedModels(
            link.snapshot().models.filter((model) => mayUse(key, model)),
            settings.virtual,
          ),
    model: (name) => modelOf(name, key!, models, link.snapshot()),
    async countTokens(model, { messages, tools }) {
      const counted = await countedPrompt(parts, model, key!, request.id, { messages, tools });
      reply.header("x-hearth-model", model.id).header("x-hearth-token-count", counted === null ? "estimate" : "exact");
      return counted ?? estimateTokens(messages, tools);
    },
    startedAt,
    version,
  };
}
