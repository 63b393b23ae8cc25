/** Media of Anthropic's messages, those within the results of tools too. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { changed, decodedBytes, type MediaPlaces, type Medium, newestPlace, withField } from "../media.ts";
import { documentName, documentText } from "./document.ts";
import { isAssistants, isInstruction } from "./messages.ts";

export const anthropicMedia: MediaPlaces = {
  marks: ["image", "document"],
  replaced(body, instead) {
    if (!Array.isArray(body.messages)) return body;
    const newest = newestPlace(body.messages, speakerOf);
    const messages = changed<unknown>(body.messages, (message, place) => {
      if (!isObject(message) || !Array.isArray(message.content)) return message;
      const { content } = message;
      const fresh = place === newest ? freshIn(content) : never;
      return withField(message, "content", inBlocks(content, `messages[${place}].content`, fresh, instead));
    });
    return withField(body, "messages", messages);
  },
};

const never = () => false;

function inBlocks(
  blocks: unknown[],
  path: string,
  isNew: (index: number) => boolean,
  instead: (medium: Medium) => string | null,
): readonly unknown[] {
  return changed<unknown>(blocks, (block, index) => {
    if (!isObject(block)) return block;
    const here = `${path}[${index}]`;
    if (block.type === "tool_result" && Array.isArray(block.content)) {
      return withField(block, "content", inBlocks(block.content, `${here}.content`, never, instead));
    }
    const medium = mediumOf(block);
    const text = medium === null ? null : instead({ ...medium, path: here, isNew: isNew(index) });
    return text === null ? block : { type: "text", text };
  });
}

/**
 * Which blocks of the newest message a person attaches now. Beside the results of tools an agent does: Claude Code sends
 * the pages of a document so that it has read. And clients make one message of several that follow each other: what has
 * words before and behind it may be of a message that was refused, and would be refused for ever.
 */
function freshIn(content: unknown[]): (index: number) => boolean {
  if (content.some((block) => isObject(block) && block.type === "tool_result")) return never;
  const first = content.findIndex(isWords);
  const last = content.findLastIndex(isWords);
  return (index) => index < first || index > last || first < 0;
}

/** Reminders that Claude Code puts around a person's words are none of them. */
function isWords(block: unknown): boolean {
  if (!isObject(block) || block.type !== "text" || typeof block.text !== "string") return false;
  return !block.text.startsWith("<system-reminder>");
}

function speakerOf(message: unknown): "person" | "other" | "system" {
  if (!isObject(message) || isAssistants({ role: message.role })) return "other";
  return isInstruction({ role: message.role }) ? "system" : "person";
}

function mediumOf(block: JsonObject): Omit<Medium, "path" | "isNew"> | null {
  const { type, source } = block;
  const data = isObject(source) && typeof source.data === "string" ? source.data : "";
  if (type === "image") {
    const isKeptElsewhere = isObject(source) && typeof source.file_id === "string";
    return { kind: type, name: "a picture", needs: isKeptElsewhere ? null : "vision", bytes: decodedBytes(data) };
  }
  if (type !== "document" || documentText(block) !== null) return null;
  return { kind: type, name: documentName(block), needs: null, bytes: decodedBytes(data) };
}
