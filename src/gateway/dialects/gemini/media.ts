/** Media of Gemini's contents, those of functions' results too. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { changed, decodedBytes, type MediaPlaces, type Medium, newestPlace, withField } from "../media.ts";
import { mediaName, mediaPart } from "./media-part.ts";
import { camelKeys } from "./proto.ts";

export const geminiMedia: MediaPlaces = {
  marks: ["inlineData", "inline_data", "fileData", "file_data"],
  replaced(body, instead) {
    const contents = listIn(body.contents);
    const newest = newestPlace(contents, speakerOf);
    const next = changed<unknown>(contents, (content, place) => {
      if (!isObject(content)) return content;
      const within = (part: unknown, path: string): unknown => inPart(part, path, place === newest, instead);
      return inList(content, "parts", `contents[${place}].parts`, within);
    });
    return next === contents ? body : { ...body, contents: next };
  },
};

function inPart(part: unknown, path: string, isNew: boolean, instead: (medium: Medium) => string | null): unknown {
  if (!isObject(part)) return part;
  const field = ["functionResponse", "function_response"].find((name) => isObject(part[name]));
  if (field !== undefined) {
    const within = (one: unknown, place: string): unknown => inPart(one, place, false, instead);
    return withField(part, field, inList(part[field] as JsonObject, "parts", `${path}.${field}.parts`, within));
  }
  const medium = mediumOf(part);
  const text = medium === null ? null : instead({ ...medium, path, isNew });
  return text === null ? part : { text };
}

function inList(
  object: JsonObject,
  name: string,
  path: string,
  within: (part: unknown, path: string) => unknown,
): JsonObject {
  const list = listIn(object[name]);
  const next = changed<unknown>(list, (part, index) => within(part, `${path}[${index}]`));
  return next === list ? object : { ...object, [name]: next };
}

/** A list with one element may be that element alone. */
function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : [];
}

/** Results of functions are nobody's attachment, nor is what stands beside them. */
function speakerOf(content: unknown): "person" | "other" | "system" {
  if (!isObject(content) || content.role === "model" || content.role === "assistant") return "other";
  const isResult = (part: unknown) => isObject(part) && ("functionResponse" in part || "function_response" in part);
  return listIn(content.parts).some(isResult) ? "other" : "person";
}

function mediumOf(part: JsonObject): Omit<Medium, "path" | "isNew"> | null {
  const camel = camelKeys(part);
  const { inlineData, fileData } = isObject(camel) ? camel : {};
  const inline = isObject(inlineData) ? camelKeys(inlineData) : null;
  const linked = isObject(fileData) ? camelKeys(fileData) : null;
  const blob = isObject(inline) ? { mimeType: String(inline.mimeType ?? ""), data: String(inline.data ?? "") } : null;
  const file = isObject(linked)
    ? {
        mimeType: linked.mimeType === undefined ? null : String(linked.mimeType),
        fileUri: String(linked.fileUri ?? ""),
      }
    : null;
  if (blob === null && file === null) return null;
  const read = mediaPart({ inlineData: blob, fileData: file });
  if (read?.type === "text") return null;
  const needs = read === null ? null : read.type === "image_url" ? "vision" : "audio";
  const name =
    needs === null ? mediaName({ inlineData: blob, fileData: file }) : needs === "vision" ? "a picture" : "a sound";
  return { kind: blob === null ? "fileData" : "inlineData", name, needs, bytes: decodedBytes(blob?.data ?? "") };
}
