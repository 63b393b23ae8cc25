/** The routes that are relayed to the model that the body names. One line per route. */
import type { Dialect } from "./dialects/dialect.ts";
import { openai } from "./dialects/openai.ts";
import { openaiResponses } from "./dialects/openai-responses.ts";
import { chatWords, completionWords, type PromptWords, responsesWords } from "./prompt-words.ts";

export interface RelayRoute {
  /** Here and at the engine. */
  path: string;
  body: "json" | "multipart";
  /** Answers `stream: true` with an event stream, in which a client can be told that it waits. */
  streams: boolean;
  dialect: Dialect;
  /** Counts the prompt where it and the answer share the model's context window. */
  promptWords: PromptWords | null;
}

const buffered = { body: "json", streams: false, dialect: openai, promptWords: null } as const;
const streaming = { ...buffered, streams: true } as const;

export const relayRoutes: RelayRoute[] = [
  { path: "/v1/chat/completions", ...streaming, promptWords: chatWords },
  { path: "/v1/completions", ...streaming, promptWords: completionWords },
  { path: "/v1/responses", ...streaming, promptWords: responsesWords, dialect: openaiResponses },
  { path: "/v1/embeddings", ...buffered },
  { path: "/v1/rerank", ...buffered },
  { path: "/v1/score", ...buffered },
  { path: "/v1/audio/transcriptions", ...streaming, body: "multipart" },
  { path: "/v1/audio/speech", ...buffered },
  { path: "/v1/images/generations", ...buffered },
  { path: "/tokenize", ...buffered },
  { path: "/detokenize", ...buffered },
];
