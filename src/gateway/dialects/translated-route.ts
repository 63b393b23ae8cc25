/** What routes have in common that no engine has: they are put into the words of a chat, or of OpenAI's embeddings. */
import type { RelayRoute } from "./api.ts";
import { chatWords } from "./chat/prompt-words.ts";

export const translatedChat = {
  work: "chat",
  body: "json",
  native: false,
  promptWords: chatWords,
} satisfies Partial<RelayRoute>;

export const translatedEmbeddings = {
  work: "embeddings",
  body: "json",
  stream: "never",
  native: false,
  promptWords: null,
  media: null,
} satisfies Partial<RelayRoute>;
