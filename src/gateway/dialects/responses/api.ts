/** OpenAI's newer API, which not every engine has. */

import { Problem } from "../../../domain/problem.ts";
import type { Api } from "../api.ts";
import { chatWords } from "../chat/prompt-words.ts";
import { responsesParameters } from "../parameter-words.ts";
import { responseEnd } from "../stream-end.ts";
import { translatedChat } from "../translated-route.ts";
import { compact, compactOutline } from "./compact.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { countedPrompt } from "./count-tokens.ts";
import { responsesDialect } from "./dialect.ts";
import { keptRoutes } from "./kept-routes.ts";
import { responsesMedia } from "./media.ts";
import { pastOf, withPast } from "./past.ts";
import { recallPast, recallResponse } from "./recall.ts";
import { responses as translation } from "./translation.ts";

export const responses: Api = {
  name: "OpenAI Responses",
  summary: "What Codex and the newer agents of OpenAI's SDKs speak. Passed on, or put into the words of a chat.",
  prefixes: ["/v1/responses", "/v1/conversations"],
  clientHeader: null,
  dialect: responsesDialect,
  relayed: [
    {
      path: "/v1/responses",
      what: "the next items of a conversation",
      work: "chat",
      body: "json",
      stream: "body",
      dialect: responsesDialect,
      streamEnd: responseEnd,
      native: true,
      translation,
      promptWords: chatWords,
      recall: recallResponse,
      parameterWords: responsesParameters,
      media: responsesMedia,
    },
    {
      path: "/v1/responses/compact",
      what: "a conversation made short: what the user said, and the model's own summary of the rest",
      ...translatedChat,
      stream: "never",
      dialect: responsesDialect,
      translation: compact,
      media: responsesMedia,
      outline: compactOutline,
      recall: recallPast,
    },
  ],
  local: [
    {
      method: "POST",
      path: "/v1/responses/input_tokens",
      what: "how many tokens a request's input has, without starting its model",
      async answer({ body }, { model, countTokens, kept }) {
        if (typeof body.model !== "string" || body.model === "") {
          throw new Problem("model_required", "Say for which model: `model` is missing.", { param: "model" });
        }
        const prompt = countedPrompt(withPast(body, pastOf(body, kept)));
        return { object: "response.input_tokens", input_tokens: await countTokens(model(body.model), prompt) };
      },
    },
    ...keptRoutes,
    ...conversationRoutes,
  ],
};
