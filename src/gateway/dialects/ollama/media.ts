/** Images of Ollama's messages, those that tools gave too, and of its prompts. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { changed, decodedBytes, type MediaPlaces, type Medium, newestPlace, withField } from "../media.ts";

type Instead = (medium: Medium) => string | null;

export const ollamaMedia: MediaPlaces = {
  marks: ["images"],
  replaced(body, instead) {
    const prompted = withoutImages(body, "prompt", "", true, instead);
    if (!Array.isArray(prompted.messages)) return prompted;
    const newest = newestPlace(prompted.messages, speakerOf);
    const messages = changed<unknown>(prompted.messages, (message, place) =>
      isObject(message) ? withoutImages(message, "content", `messages[${place}].`, place === newest, instead) : message,
    );
    return withField(prompted, "messages", messages);
  },
};

/** Its images have no place among its words: what stands instead of them follows. */
function withoutImages(holder: JsonObject, words: string, path: string, isNew: boolean, instead: Instead): JsonObject {
  if (!Array.isArray(holder.images)) return holder;
  const sentences: string[] = [];
  const images = holder.images.filter((image, index) => {
    const bytes = typeof image === "string" ? decodedBytes(image) : 0;
    const here = `${path}images[${index}]`;
    const text = instead({ path: here, kind: "images", name: "a picture", needs: "vision", bytes, isNew });
    if (text !== null) sentences.push(text);
    return text === null;
  });
  if (sentences.length === 0) return holder;
  const said = holder[words];
  const text = [...(typeof said === "string" && said !== "" ? [said] : []), ...sentences].join("\n\n");
  return { ...holder, images, [words]: text };
}

function speakerOf(message: unknown): "person" | "other" | "system" {
  const role = isObject(message) ? message.role : null;
  if (role === "assistant" || role === "tool") return "other";
  return role === "system" || role === "developer" ? "system" : "person";
}
