/** Which API a path belongs to: also a refusal speaks the language of the client's. */
import { anthropic } from "./anthropic/dialect.ts";
import type { Dialect } from "./dialect.ts";
import { ollamaChat } from "./ollama/dialect.ts";
import { openai } from "./openai.ts";

export function dialectFor(path: string): Dialect {
  if (/^\/v1\/(?:.+\/)?messages(?:\/|$)/.test(path)) return anthropic;
  if (path.startsWith("/api/")) return ollamaChat;
  return openai;
}
