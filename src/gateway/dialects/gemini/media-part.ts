/** Pictures, sounds and files of Gemini's parts, as parts of a chat. */
import type { ChatPart } from "../chat/request.ts";
import type { Blob, File } from "./request.ts";

type Carrier = { inlineData?: Blob | null | undefined; fileData?: File | null | undefined };

/** Null where it is of a type that no engine reads, or lies in Google's storage. */
export function mediaPart({ inlineData, fileData }: Carrier): ChatPart | null {
  if (inlineData) return inlinePart(inlineData);
  if (fileData) return linkedPart(fileData);
  return null;
}

/** For the sentence that takes its place: "a file (application/pdf)". */
export function mediaName({ inlineData, fileData }: Carrier): string {
  const type = inlineData?.mimeType ?? fileData?.mimeType ?? "";
  return `a file${type === "" ? "" : ` (${type})`}`;
}

function inlinePart({ mimeType, data }: Blob): ChatPart | null {
  // Python's client writes base64 in the alphabet for addresses.
  const base64 = data.replaceAll("-", "+").replaceAll("_", "/");
  const [kind, format = ""] = mimeType.toLowerCase().split(/[/;]/);
  switch (kind) {
    case "image":
      return { type: "image_url", image_url: { url: `data:${mimeType};base64,${base64}` } };
    case "audio":
      return { type: "input_audio", input_audio: { data: base64, format: audioFormats.get(format) ?? format } };
    default:
      return isText(mimeType) ? { type: "text", text: Buffer.from(base64, "base64").toString("utf8") } : null;
  }
}

/** An engine fetches pictures by their address. */
function linkedPart({ mimeType, fileUri }: File): ChatPart | null {
  if (!/^(?:https?|data):/i.test(fileUri) || (mimeType && !/^image\//i.test(mimeType))) return null;
  // Uploaded to Google, and read there with the client's key for it.
  if (/^https:\/\/generativelanguage\.googleapis\.com\//i.test(fileUri)) return null;
  return { type: "image_url", image_url: { url: fileUri } };
}

function isText(mimeType: string): boolean {
  return /^text\/|[/+](?:json|xml|yaml|javascript)\b/i.test(mimeType);
}

/** Other formats are named as their type is. */
const audioFormats = new Map([
  ["mpeg", "mp3"],
  ["x-wav", "wav"],
  ["wave", "wav"],
]);
