/** Tools of a namespace (an MCP server's, say) under one name each, for engines that know functions alone. */
import { createHash } from "node:crypto";

/** The most that OpenAI's API, and the tokenizers that check names, take. */
const longest = 64;

/** The same for the same two names. */
export function flatName(namespace: string | null, name: string): string {
  if (namespace === null || namespace === "") return name;
  const flat = namespace.endsWith("__") ? `${namespace}${name}` : `${namespace}__${name}`;
  if (flat.length <= longest) return flat;
  const digest = createHash("sha256").update(flat).digest("hex").slice(0, 8);
  return `${flat.slice(0, longest - digest.length - 1)}_${digest}`;
}
