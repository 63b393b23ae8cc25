/** What a model may be called. */

/** First path segments that routes own: `/v1/{model}/chat/completions` must never be mistaken for one of them. */
export const reservedIds: ReadonlySet<string> = new Set([
  "api",
  "audio",
  "batches",
  "chat",
  "completions",
  "conversations",
  "debug",
  "detokenize",
  "embeddings",
  "ensure",
  "files",
  "fine_tuning",
  "hearth",
  "images",
  "messages",
  "model",
  "models",
  "moderations",
  "pooling",
  "props",
  "realtime",
  "rerank",
  "responses",
  "running",
  "score",
  "tokenize",
  "uploads",
  "v1",
  "v1beta",
]);

const shape = /^[A-Za-z0-9][A-Za-z0-9._:@+-]*(\/[A-Za-z0-9][A-Za-z0-9._:@+-]*)*$/;
const longest = 200;

/** What is wrong with a model's id or alias, or null. */
export function modelIdFault(id: string): string | null {
  if (id.length > longest) return `longer than ${longest} characters`;
  if (!shape.test(id)) return "not a name: use letters, digits and . _ : @ + - (and / between parts)";
  const [first = ""] = id.split("/");
  if (reservedIds.has(first.toLowerCase())) return `reserved: "${first}" is the name of a route`;
  return null;
}
