/** Media of the Responses API: in messages, and in what tools gave. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { bytesAt, changed, type MediaPlaces, type Medium, newestPlace, withField } from "../media.ts";
import { fileName, fileText } from "./file.ts";
import { typeOf } from "./messages.ts";

export const responsesMedia: MediaPlaces = {
  marks: ["input_image", "input_audio", "input_file", "computer_screenshot"],
  replaced(body, instead) {
    if (!Array.isArray(body.input)) return body;
    const newest = newestPlace(body.input, speakerOf);
    const input = changed<unknown>(body.input, (item, place) => {
      if (!isObject(item)) return item;
      const field = typeOf(item) === "message" ? "content" : "output";
      const textType = item.role === "assistant" ? "output_text" : "input_text";
      const inPart = (part: unknown, path: string): unknown => {
        const medium = isObject(part) ? mediumOf(part) : null;
        const text = medium === null ? null : instead({ ...medium, path, isNew: place === newest });
        return text === null ? part : { type: textType, text };
      };
      const path = `input[${place}].${field}`;
      const value = item[field];
      const next = Array.isArray(value)
        ? changed<unknown>(value, (part, index) => inPart(part, `${path}[${index}]`))
        : inPart(value, path);
      return withField(item, field, next);
    });
    return withField(body, "input", input);
  },
};

function speakerOf(item: unknown): "person" | "other" | "system" {
  if (!isObject(item) || typeOf(item) !== "message" || item.role === "assistant") return "other";
  return item.role === "system" || item.role === "developer" ? "system" : "person";
}

function mediumOf(part: JsonObject): Omit<Medium, "path" | "isNew"> | null {
  const { type, image_url: image, file_data: data } = part;
  switch (type) {
    case "input_image":
    case "computer_screenshot": {
      const url = isObject(image) ? image.url : image;
      return { kind: type, name: "a picture", needs: typeof url === "string" ? "vision" : null, bytes: bytesAt(url) };
    }
    case "input_audio":
      return { kind: type, name: "a sound", needs: "audio", bytes: 0 };
    case "input_file":
      return fileText(part) === null ? { kind: type, name: fileName(part), needs: null, bytes: bytesAt(data) } : null;
    default:
      return null;
  }
}
