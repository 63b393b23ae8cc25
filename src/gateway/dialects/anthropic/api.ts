/** Anthropic's API. */
import { Problem } from "../../../domain/problem.ts";
import type { Api } from "../api.ts";
import { chatWords } from "../chat/prompt-words.ts";
import { messagesParameters } from "../parameter-words.ts";
import { messageEnd } from "../stream-end.ts";
import { countedPrompt } from "./count-tokens.ts";
import { anthropicDialect } from "./dialect.ts";
import { anthropicMedia } from "./media.ts";
import { modelEntry, modelPage } from "./model-list.ts";
import { messages } from "./translation.ts";

export const anthropic: Api = {
  name: "Anthropic",
  summary: "What Claude Code and Anthropic's SDKs speak. Passed on, or put into the words of a chat.",
  prefixes: ["/v1/messages"],
  clientHeader: "anthropic-version",
  dialect: anthropicDialect,
  relayed: [
    {
      path: "/v1/messages",
      what: "the next message of a conversation",
      work: "chat",
      body: "json",
      stream: "body",
      dialect: anthropicDialect,
      streamEnd: messageEnd,
      native: true,
      translation: messages,
      promptWords: chatWords,
      parameterWords: messagesParameters,
      media: anthropicMedia,
    },
  ],
  local: [
    {
      method: "POST",
      path: "/v1/messages/count_tokens",
      what: "how many tokens a prompt has, without starting its model",
      async answer({ body }, { model, countTokens }) {
        if (typeof body.model !== "string" || body.model === "") {
          throw new Problem("model_required", "Say for which model: `model` is missing.", { param: "model" });
        }
        return { input_tokens: await countTokens(model(body.model), countedPrompt(body)) };
      },
    },
    {
      method: "GET",
      path: "/v1/models",
      what: "the models that your key may use, to clients that send `anthropic-version`",
      answer: ({ query }, { models, startedAt }) => modelPage(models(), query, startedAt),
    },
    {
      method: "GET",
      path: "/v1/models/{model}",
      what: "one of them",
      answer: ({ named }, { listed, startedAt }) => modelEntry(listed(named), startedAt),
    },
  ],
};
