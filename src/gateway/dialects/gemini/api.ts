/** Google's Gemini API: the model and what is wanted of it stand in the path. */
import type { Api, RelayRoute } from "../api.ts";
import { translatedChat, translatedEmbeddings } from "../translated-route.ts";
import { countedPrompt } from "./count-tokens.ts";
import { arrayDialect, geminiDialect } from "./dialect.ts";
import { batchEmbedContents, embedContent } from "./embed.ts";
import { geminiMedia } from "./media.ts";
import { modelEntry } from "./model-entry.ts";
import { generateContent, streamArray, streamEvents } from "./translation.ts";

const chatting = {
  ...translatedChat,
  media: geminiMedia,
  stream: "path",
  dialect: geminiDialect,
} satisfies Partial<RelayRoute>;
const embedding = { ...translatedEmbeddings, dialect: geminiDialect } satisfies Partial<RelayRoute>;

/** `wanted`: what is wanted of the model. Google's clients use `v1beta`, or `v1`, as they are told and as they are old. */
function paths(wanted: string): { path: string; also: string[] } {
  const path = `/models/{model}:${wanted}`;
  return { path: `/v1beta${path}`, also: [`/v1${path}`] };
}

export const gemini: Api = {
  name: "Gemini",
  summary: "What Google's SDKs and Gemini CLI speak. Put into the words of a chat.",
  prefixes: ["/v1beta"],
  clientHeader: "x-goog-api-key",
  dialect: geminiDialect,
  relayed: [
    {
      ...paths("generateContent"),
      what: "the next content of a conversation",
      ...chatting,
      stream: "never",
      translation: generateContent,
    },
    {
      ...paths("streamGenerateContent?alt=sse"),
      what: "the same as a stream of events",
      ...chatting,
      translation: streamEvents,
    },
    {
      ...paths("streamGenerateContent"),
      what: "the same as one JSON array, element by element",
      ...chatting,
      dialect: arrayDialect,
      translation: streamArray,
    },
    { ...paths("embedContent"), what: "the vector of one content", ...embedding, translation: embedContent },
    { ...paths("batchEmbedContents"), what: "vectors of contents", ...embedding, translation: batchEmbedContents },
  ],
  local: [
    {
      method: "POST",
      ...paths("countTokens"),
      what: "how many tokens a prompt has, without starting its model",
      answer: async (asked, { model, countTokens }) => ({
        totalTokens: await countTokens(model(asked.named), countedPrompt(asked.body)),
      }),
    },
    {
      method: "GET",
      path: "/v1beta/models",
      also: ["/v1/models"],
      what: "the models that your key may use",
      answer: (_, { models }) => ({ models: models().map(modelEntry) }),
    },
    {
      method: "GET",
      path: "/v1beta/models/{model}",
      also: ["/v1/models/{model}"],
      what: "one of them",
      answer: (asked, { listed }) => modelEntry(listed(asked.named)),
    },
  ],
};
