/** The routes that are relayed to the model that the body names. One line per route. */
import { anthropic } from "./dialects/anthropic/dialect.ts";
import { messages } from "./dialects/anthropic/translation.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { chat } from "./dialects/ollama/chat.ts";
import { ollamaChat, ollamaGenerate } from "./dialects/ollama/dialect.ts";
import { embed, embeddings } from "./dialects/ollama/embed.ts";
import { generate } from "./dialects/ollama/generate.ts";
import { openai } from "./dialects/openai.ts";
import { openaiResponses } from "./dialects/responses/dialect.ts";
import { responses } from "./dialects/responses/translation.ts";
import type { Translation } from "./dialects/translation.ts";
import { chatWords, completionWords, type PromptWords } from "./prompt-words.ts";

export interface RelayRoute {
  path: string;
  body: "json" | "multipart";
  /** Answers `stream: true` with an event stream, in which a client can be told that it waits. */
  streams: boolean;
  dialect: Dialect;
  /** The engine has it under the same path. Where it may not, the translation is tried next. */
  native: boolean;
  /** Asks for it on a route that every engine has. */
  translation: Translation | null;
  /** Counts the prompt where it and the answer share the model's context window; of the translated body, where there is one. */
  promptWords: PromptWords | null;
}

const buffered = {
  body: "json",
  streams: false,
  dialect: openai,
  native: true,
  translation: null,
  promptWords: null,
} as const;
const streaming = { ...buffered, streams: true } as const;

/** One prompt, as a chat or as it is. */
const generateWords: PromptWords = (body) => chatWords(body) + completionWords(body);

export const relayRoutes: RelayRoute[] = [
  { path: "/v1/chat/completions", ...streaming, promptWords: chatWords },
  { path: "/v1/completions", ...streaming, promptWords: completionWords },
  { path: "/v1/responses", ...streaming, promptWords: chatWords, dialect: openaiResponses, translation: responses },
  { path: "/v1/messages", ...streaming, promptWords: chatWords, dialect: anthropic, translation: messages },
  { path: "/api/chat", ...streaming, promptWords: chatWords, dialect: ollamaChat, translation: chat, native: false },
  {
    path: "/api/generate",
    ...streaming,
    promptWords: generateWords,
    dialect: ollamaGenerate,
    translation: generate,
    native: false,
  },
  { path: "/api/embed", ...buffered, dialect: ollamaChat, translation: embed, native: false },
  { path: "/api/embeddings", ...buffered, dialect: ollamaChat, translation: embeddings, native: false },
  { path: "/v1/embeddings", ...buffered },
  { path: "/v1/rerank", ...buffered },
  { path: "/v1/score", ...buffered },
  { path: "/v1/audio/transcriptions", ...streaming, body: "multipart" },
  { path: "/v1/audio/speech", ...buffered },
  { path: "/v1/images/generations", ...buffered },
  { path: "/tokenize", ...buffered },
  { path: "/detokenize", ...buffered },
];
