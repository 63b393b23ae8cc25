/** The routes that are relayed to the model that the body names. One line per route. */
import type { Dialect } from "./dialects/dialect.ts";
import { openai } from "./dialects/openai.ts";
import { openaiResponses } from "./dialects/openai-responses.ts";

export interface RelayRoute {
  /** Here and at the engine. */
  path: string;
  body: "json" | "multipart";
  /** Answers `stream: true` with an event stream, in which a client can be told that it waits. */
  streams: boolean;
  dialect: Dialect;
}

const buffered = { body: "json", streams: false, dialect: openai } as const;
const streaming = { body: "json", streams: true, dialect: openai } as const;

export const relayRoutes: RelayRoute[] = [
  { path: "/v1/chat/completions", ...streaming },
  { path: "/v1/completions", ...streaming },
  { path: "/v1/responses", ...streaming, dialect: openaiResponses },
  { path: "/v1/embeddings", ...buffered },
  { path: "/v1/rerank", ...buffered },
  { path: "/v1/score", ...buffered },
  { path: "/v1/audio/transcriptions", ...streaming, body: "multipart" },
  { path: "/v1/audio/speech", ...buffered },
  { path: "/v1/images/generations", ...buffered },
  { path: "/tokenize", ...buffered },
  { path: "/detokenize", ...buffered },
];
