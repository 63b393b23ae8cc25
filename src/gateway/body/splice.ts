/** Names the engine's own model id in a body, every other byte left as it is. */

import type { MultipartFields } from "./multipart.ts";
import type { BodyFields } from "./scan.ts";

/** `bytes` with `model` being `name`: replaced where it stands, put in first where it is missing. */
export function withModel(bytes: Buffer, fields: BodyFields, name: string): Buffer {
  if (fields.model === name) return bytes;
  const value = JSON.stringify(name);
  if (fields.modelStart >= 0) return replaced(bytes, fields.modelStart, fields.modelEnd, value);
  const member = `"model":${value}${fields.hasMembers ? "," : ""}`;
  return replaced(bytes, fields.membersStart, fields.membersStart, member);
}

/** The same for a form: the field's value is replaced, or a part is put in first. */
export function withModelPart(bytes: Buffer, fields: MultipartFields, name: string): Buffer {
  if (fields.model === name) return bytes;
  if (fields.modelStart >= 0) return replaced(bytes, fields.modelStart, fields.modelEnd, name);
  const part = `--${fields.boundary}\r\nContent-Disposition: form-data; name="model"\r\n\r\n${name}\r\n`;
  return replaced(bytes, fields.firstPart, fields.firstPart, part);
}

function replaced(bytes: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]);
}
