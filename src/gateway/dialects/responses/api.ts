/** OpenAI's newer API, which not every engine has. */

import type { Api } from "../api.ts";
import { chatWords } from "../chat/prompt-words.ts";
import { responsesParameters } from "../parameter-words.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { responsesDialect } from "./dialect.ts";
import { keptRoutes } from "./kept-routes.ts";
import { recallResponse } from "./recall.ts";
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
      native: true,
      translation,
      promptWords: chatWords,
      recall: recallResponse,
      parameterWords: responsesParameters,
    },
  ],
  local: [...keptRoutes, ...conversationRoutes],
};
