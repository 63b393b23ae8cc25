/** Media of OpenAI's chats, with the parts that vLLM adds. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { bytesAt, changed, decodedBytes, type MediaPlaces, type Medium, newestPlace, withField } from "../media.ts";

const names = new Map<string, Pick<Medium, "name" | "needs">>([
  ["image_url", { name: "a picture", needs: "vision" }],
  ["video_url", { name: "a video", needs: "vision" }],
  ["input_audio", { name: "a sound", needs: "audio" }],
  ["audio_url", { name: "a sound", needs: "audio" }],
  ["file", { name: "a file", needs: null }],
]);

export const chatMedia: MediaPlaces = {
  marks: [...names.keys()],
  replaced(body, instead) {
    if (!Array.isArray(body.messages)) return body;
    const newest = newestPlace(body.messages, speakerOf);
    const messages = changed<unknown>(body.messages, (message, place) => {
      if (!isObject(message) || !Array.isArray(message.content)) return message;
      const content = changed<unknown>(message.content, (part, index) => {
        const medium = mediumOf(part);
        if (medium === null) return part;
        const path = `messages[${place}].content[${index}]`;
        const text = instead({ ...medium, path, isNew: place === newest });
        return text === null ? part : { type: "text", text };
      });
      return withField(message, "content", content);
    });
    return withField(body, "messages", messages);
  },
};

function speakerOf(message: unknown): "person" | "other" | "system" {
  const role = isObject(message) ? message.role : null;
  if (role === "user") return "person";
  return role === "system" || role === "developer" ? "system" : "other";
}

function mediumOf(part: unknown): Omit<Medium, "path" | "isNew"> | null {
  if (!isObject(part)) return null;
  const known = names.get(String(part.type));
  return known === undefined ? null : { ...known, kind: String(part.type), bytes: bytesIn(part) };
}

function bytesIn({ image_url: image, input_audio: audio }: JsonObject): number {
  if (isObject(audio) && typeof audio.data === "string") return decodedBytes(audio.data);
  return bytesAt(isObject(image) ? image.url : image);
}
