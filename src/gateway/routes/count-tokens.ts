/** `POST /v1/messages/count_tokens`: counted by the model's own tokenizer where it is loaded, else estimated. */
import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/problem.ts";
import type { Auth } from "../auth.ts";
import { type CountedPrompt, countedPrompt } from "../dialects/anthropic/count-tokens.ts";
import { estimateTokens } from "../dialects/anthropic/token-estimate.ts";
import type { ModelIndex } from "../model-index.ts";
import { type AskParts, askResident } from "../relay/ask-engine.ts";
import type { Settings } from "../settings.ts";
import { takeJsonBodies } from "./json-bodies.ts";
import { modelOf } from "./model-param.ts";

export interface CountParts extends AskParts {
  auth: Auth;
  models: ModelIndex;
  settings: Settings;
}

interface Route {
  Body: Record<string, unknown>;
}

/** Register it in a scope of its own: it takes bodies of any type. */
export async function countTokensRoute(app: FastifyInstance, parts: CountParts): Promise<void> {
  const { auth, models, link, settings } = parts;
  takeJsonBodies(app, settings.bodyBytes);
  app.post<Route>("/v1/messages/count_tokens", { onRequest: auth.requireKey }, async (request, reply) => {
    const { body, key, id } = request;
    if (typeof body.model !== "string" || body.model === "") {
      throw new Problem("model_required", "Say for which model: `model` is missing.", { param: "model" });
    }
    const model = modelOf(body.model, key!, models, link.snapshot());
    const prompt = countedPrompt(body);
    const counted = countIn(await askResident(parts, model.id, key!, id, "/tokenize", question(prompt)));
    reply.header("x-hearth-model", model.id).header("x-hearth-token-count", counted === null ? "estimate" : "exact");
    return { input_tokens: counted ?? estimateTokens(prompt.messages, prompt.tools) };
  });
}

function question({ messages, tools }: CountedPrompt): Record<string, unknown> {
  return { messages, ...(tools === undefined ? {} : { tools }), add_generation_prompt: true };
}

function countIn(answer: unknown): number | null {
  const count = (answer as { count?: unknown } | null)?.count;
  return typeof count === "number" ? count : null;
}
