/** OpenAI's API, which engines speak themselves, with the routes that vLLM adds to it. */

import type { Api, RelayRoute } from "../api.ts";
import { chatMedia } from "../chat/media.ts";
import { chatWords, completionWords } from "../chat/prompt-words.ts";
import { chatParameters, textParameters } from "../parameter-words.ts";
import { choicesEnd, transcriptEnd } from "../stream-end.ts";
import { codexModels } from "./codex-models.ts";
import { openaiDialect } from "./dialect.ts";
import { modelEntry } from "./model-entry.ts";

const buffered = {
  body: "json",
  stream: "never",
  dialect: openaiDialect,
  native: true,
  translation: null,
  promptWords: null,
  media: null,
} satisfies Partial<RelayRoute>;
const streaming = { ...buffered, stream: "body" } satisfies Partial<RelayRoute>;

export const openai: Api = {
  name: "OpenAI",
  summary: "What nearly every client and SDK speaks. Passed to the engine byte for byte.",
  prefixes: ["/v1"],
  clientHeader: null,
  dialect: openaiDialect,
  relayed: [
    {
      path: "/v1/chat/completions",
      what: "the next message of a chat",
      work: "chat",
      ...streaming,
      streamEnd: choicesEnd,
      promptWords: chatWords,
      parameterWords: chatParameters,
      media: chatMedia,
    },
    {
      path: "/v1/completions",
      what: "a text that goes on",
      work: "text",
      ...streaming,
      streamEnd: choicesEnd,
      promptWords: completionWords,
      parameterWords: textParameters,
    },
    { path: "/v1/embeddings", what: "vectors of texts", work: "embeddings", ...buffered },
    { path: "/v1/rerank", what: "documents in the order in which they suit a question", work: "ranking", ...buffered },
    { path: "/v1/score", what: "how well two texts go together", work: "ranking", ...buffered },
    {
      path: "/v1/audio/transcriptions",
      what: "the words of a recording, sent as a form",
      work: "transcription",
      ...streaming,
      streamEnd: transcriptEnd,
      body: "multipart",
    },
    { path: "/v1/audio/speech", what: "a text, spoken", work: "speech", ...buffered },
    { path: "/v1/images/generations", what: "a picture of what a text says", work: "images", ...buffered },
    { path: "/tokenize", what: "the tokens of a prompt", work: "tokens", ...buffered },
    { path: "/detokenize", what: "the text of tokens", work: "tokens", ...buffered },
  ],
  local: [
    {
      method: "GET",
      path: "/v1/models",
      what: "the models that your key may use, with their state and how soon each could answer",
      answer: ({ query }, { models, startedAt }) => ({
        object: "list",
        data: models().map((model) => modelEntry(model, startedAt)),
        ...codexModels(query),
      }),
    },
    {
      method: "GET",
      path: "/v1/models/{model}",
      what: "one of them",
      answer: ({ named }, { listed, startedAt }) => modelEntry(listed(named), startedAt),
    },
  ],
};
