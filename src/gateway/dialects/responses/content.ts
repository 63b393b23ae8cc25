/** Parts of the Responses API's messages, and what tools gave, as parts of a chat. Nothing in them refuses a conversation. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ChatPart } from "../chat/request.ts";
import { textWithin, unknownPart } from "../chat/unread.ts";
import { fileName, fileText } from "./file.ts";

/** `replaced`: gets the kind of each part in whose place a sentence stands. */
export function partsOf(content: unknown, replaced: string[]): ChatPart[] {
  if (typeof content === "string") return [words(content)];
  if (Array.isArray(content)) return content.flatMap((part) => partsOf(part, replaced));
  return isObject(content) ? [partOf(content, replaced)] : [];
}

export function textOf(parts: ChatPart[]): string {
  return parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}

function partOf(part: JsonObject, replaced: string[]): ChatPart {
  const { type, image_url: image } = part;
  if (typeof part.text === "string") return words(part.text);
  if (typeof part.refusal === "string") return words(part.refusal);
  const url = isObject(image) ? image.url : image;
  if (typeof url === "string") return { type: "image_url", image_url: { url } };
  if (type === "input_audio" && isObject(part.input_audio)) {
    const { data, format } = part.input_audio;
    if (typeof data === "string" && typeof format === "string") return { type, input_audio: { data, format } };
  }
  return words(type === "input_file" ? (fileText(part) ?? instead(part, replaced)) : instead(part, replaced));
}

function instead(part: JsonObject, replaced: string[]): string {
  // Programs that were run say what came of it without a type.
  if (typeof part.type !== "string") return JSON.stringify(part);
  replaced.push(part.type);
  if (part.type === "input_file") return `[${fileName(part)} that cannot be read here]`;
  if (part.type === "input_image" || part.type === "computer_screenshot") return "[a picture that is kept elsewhere]";
  if (part.type === "input_audio") return "[a sound that cannot be heard here]";
  const text = textWithin(part);
  return text === "" ? unknownPart(part.type) : text;
}

function words(text: string): ChatPart {
  return { type: "text", text };
}
