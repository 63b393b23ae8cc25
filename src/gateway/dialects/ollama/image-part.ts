import type { ChatPart } from "../chat/request.ts";

/** First letters of an image in base64, by its format's first bytes. */
const formats: [string, string][] = [
  ["iVBOR", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lG", "image/gif"],
  ["UklG", "image/webp"],
];

/** Ollama's clients send an image as bare base64; OpenAI's API wants to know what it is. */
export function imagePart(image: string): ChatPart {
  if (image.startsWith("data:")) return { type: "image_url", image_url: { url: image } };
  const format = formats.find(([letters]) => image.startsWith(letters))?.[1] ?? "image/jpeg";
  return { type: "image_url", image_url: { url: `data:${format};base64,${image}` } };
}
