/**
 * Blocks of Anthropic's messages as parts of a chat. Nothing in them refuses a conversation: what no model here reads
 * becomes a sentence in its place.
 */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ChatPart } from "../chat/request.ts";
import { textWithin, unknownPart } from "../chat/unread.ts";
import { documentName, documentText, searchResultText } from "./document.ts";

/** The blocks of a message or of a tool's result, in whichever of its forms they came. */
export function blocksOf(content: unknown): JsonObject[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (Array.isArray(content)) {
    return content.flatMap((one) => (isObject(one) ? [one] : typeof one === "string" ? blocksOf(one) : []));
  }
  return isObject(content) ? [content] : [];
}

/** One block that is neither a call, its result, nor a thought. `replaced`: gets its kind where a sentence takes its place. */
export function partOf(block: JsonObject, replaced: string[]): ChatPart {
  const image = block.type === "image" ? imageUrl(block.source) : null;
  if (image !== null) return { type: "image_url", image_url: { url: image } };
  return { type: "text", text: readable(block) ?? instead(block, replaced) };
}

/** The text of a tool's result, and its pictures, which a tool's message cannot hold in OpenAI's API. */
export function resultOf(block: JsonObject, replaced: string[]): { text: string; images: ChatPart[] } {
  const parts = blocksOf(block.content).map((one) => partOf(one, replaced));
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
  const images = parts.filter((part) => part.type === "image_url");
  return { text: block.is_error === true ? `Error: ${text}` : text, images };
}

/** Null where it has no text of its own that a model could read. */
function readable(block: JsonObject): string | null {
  switch (block.type) {
    case "text":
      return typeof block.text === "string" ? block.text : "";
    case "document":
      return documentText(block);
    case "search_result":
      return searchResultText(block);
    case "tool_reference":
      return `[The tool ${JSON.stringify(block.tool_name ?? block.name ?? "")} can be called from now on.]`;
    default:
      return null;
  }
}

function instead(block: JsonObject, replaced: string[]): string {
  const kind = typeof block.type === "string" ? block.type : "block";
  replaced.push(kind);
  if (kind === "document") return `[${documentName(block)} that cannot be read here]`;
  if (kind === "image") return "[a picture that cannot be read here]";
  if (kind === "container_upload") return "[a file in a container of another vendor's]";
  if (/_tool_use$/.test(kind)) return `[${callWords(block)}]`;
  const text = textWithin(block);
  if (/_tool_result$/.test(kind)) return text === "" ? `[${kind}]` : `[${kind}]\n${text}`;
  return text === "" ? unknownPart(kind) : text;
}

/** Of a tool that another vendor's servers ran. */
function callWords({ name, input }: JsonObject): string {
  return `${typeof name === "string" ? name : "a tool"} was used: ${JSON.stringify(input ?? {})}`;
}

/** Null where the picture lies with the vendor, or is none. */
function imageUrl(source: unknown): string | null {
  if (!isObject(source)) return null;
  if (typeof source.url === "string") return source.url;
  if (typeof source.data !== "string") return null;
  return `data:${typeof source.media_type === "string" ? source.media_type : "image/png"};base64,${source.data}`;
}
