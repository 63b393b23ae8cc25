/** An item that stands for all that was said before it: the model's own summary. Clients pass it on without a look into it. */
import type { JsonObject } from "../../../domain/json-object.ts";

/** What tells ours from those of other servers, which only they can read. */
const mark = "hearth:";

export function compactionItem(id: string, summary: string): JsonObject {
  return { type: "compaction", id, encrypted_content: `${mark}${Buffer.from(summary).toString("base64url")}` };
}

/** Null of an item that another server made. */
export function summaryIn({ encrypted_content: content }: JsonObject): string | null {
  if (typeof content !== "string" || !content.startsWith(mark)) return null;
  return Buffer.from(content.slice(mark.length), "base64url").toString("utf8");
}
