/** Documents and search results: those that are text are read as such, the others become a sentence. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { textWithin } from "../chat/unread.ts";

/** Null where it is of a kind that no model here reads. */
export function documentText({ title, source }: JsonObject): string | null {
  if (!isObject(source)) return null;
  const text = sourceText(source);
  return text === null ? null : titled(title, text);
}

export function searchResultText({ title, source, content }: JsonObject): string {
  const head = typeof source === "string" ? `${String(title ?? "")} (${source})` : title;
  return titled(head, textWithin(content));
}

/** For the sentence in its place: `a document "report" (application/pdf)`. */
export function documentName({ title, source }: JsonObject): string {
  const type = isObject(source) && typeof source.media_type === "string" ? source.media_type : null;
  const named = typeof title === "string" && title !== "" ? ` ${JSON.stringify(title.slice(0, 100))}` : "";
  return `a document${named}${type === null ? "" : ` (${type.slice(0, 60)})`}`;
}

function sourceText({ type, data, content, media_type: media }: JsonObject): string | null {
  if (type === "text" && typeof data === "string") return data;
  if (type === "content") return textWithin(content);
  if (type !== "base64" || typeof data !== "string" || typeof media !== "string" || !/^text\//i.test(media))
    return null;
  return Buffer.from(data, "base64").toString("utf8");
}

function titled(title: unknown, text: string): string {
  return typeof title === "string" && title !== "" ? `${title}\n\n${text}` : text;
}
