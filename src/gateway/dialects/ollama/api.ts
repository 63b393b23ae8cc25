/** Ollama's API. */
import type { Api, LocalRoute, RelayRoute } from "../api.ts";
import { chatWords, completionWords, type PromptWords } from "../chat/prompt-words.ts";
import { translatedChat, translatedEmbeddings } from "../translated-route.ts";
import { chat } from "./chat.ts";
import { ollamaDialect } from "./dialect.ts";
import { embed, embeddings } from "./embed.ts";
import { generate } from "./generate.ts";
import { ollamaMedia } from "./media.ts";
import { runningEntry, shownEntry, tagEntries } from "./model-entry.ts";
import { modelNamed } from "./model-named.ts";
import { pullRoute } from "./pull.ts";

/** Of Ollama's API, not of Hearth: clients refuse to work with what they take for too old. */
const apiVersion = "0.12.6";

/** One prompt, as a chat or as it is. */
const generateWords: PromptWords = (body) => chatWords(body) + completionWords(body);

const chatting = {
  ...translatedChat,
  media: ollamaMedia,
  stream: "body",
  dialect: ollamaDialect,
} satisfies Partial<RelayRoute>;
const embedding = { ...translatedEmbeddings, dialect: ollamaDialect } satisfies Partial<RelayRoute>;

const describing: LocalRoute[] = [
  {
    method: "GET",
    path: "/api/version",
    what: "the version of Ollama's API, and Hearth's",
    open: true,
    answer: (_, { version }) => ({ version: apiVersion, hearth: version }),
  },
  {
    method: "GET",
    path: "/api/tags",
    what: "the models that your key may use",
    answer: (_, { models, startedAt }) => ({ models: models().flatMap((model) => tagEntries(model, startedAt)) }),
  },
  {
    method: "GET",
    path: "/api/ps",
    what: "those that are loaded",
    answer: (_, { models }) => ({
      models: models()
        .filter(({ state, standsFor }) => state === "ready" && standsFor === null)
        .map(runningEntry),
    }),
  },
  {
    method: "POST",
    path: "/api/show",
    what: "what a model can do",
    answer: ({ body }, { listed, startedAt }) => shownEntry(listed(modelNamed(body)), startedAt),
  },
  pullRoute,
];

export const ollama: Api = {
  name: "Ollama",
  summary: "What was written for Ollama. Put into the words of a chat.",
  prefixes: ["/api"],
  clientHeader: null,
  dialect: ollamaDialect,
  relayed: [
    { path: "/api/chat", what: "the next message of a chat, as lines of JSON", ...chatting, translation: chat },
    {
      path: "/api/generate",
      what: "the answer to one prompt, as lines of JSON",
      ...chatting,
      translation: generate,
      promptWords: generateWords,
    },
    { path: "/api/embed", what: "vectors of texts", ...embedding, translation: embed },
    { path: "/api/embeddings", what: "the vector of one text", ...embedding, translation: embeddings },
  ],
  local: describing,
};
