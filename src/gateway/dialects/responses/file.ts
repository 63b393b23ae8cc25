/** A file among the parts of a message: read where it is text. */
import type { JsonObject } from "../../../domain/json-object.ts";

/** Null where it is no text, or is kept elsewhere. */
export function fileText({ file_data: data, filename }: JsonObject): string | null {
  const type = typeof data === "string" ? /^data:([^;,]{1,100})(?:;[^,;]{0,100})?;base64,/i.exec(data)?.[1] : undefined;
  if (typeof data !== "string" || type === undefined || !isText(type)) return null;
  const text = Buffer.from(data.slice(data.indexOf(",") + 1), "base64").toString("utf8");
  return typeof filename === "string" ? `${filename}\n\n${text}` : text;
}

/** For the sentence in its place. */
export function fileName({ filename }: JsonObject): string {
  return typeof filename === "string" ? `a file ${JSON.stringify(filename.slice(0, 100))}` : "a file";
}

function isText(type: string): boolean {
  return /^text\/|[/+](?:json|xml|yaml|javascript)$/i.test(type);
}
