/** Members of a JSON object, taken out, replaced and put in without parsing what is between them. */
import { endOfKey, endOfString, endOfValue, jsonText, skipSpace } from "./json-walk.ts";

export interface Member {
  name: string;
  /** Where its key starts, its value starts, and its value ends. */
  start: number;
  value: number;
  end: number;
}

const openBrace = 0x7b;
const comma = 0x2c;

/** In the order in which they stand, names that occur twice too. `bytes`: known to be a JSON object. */
export function membersOf(bytes: Buffer): Member[] {
  const json = jsonText(bytes);
  const members: Member[] = [];
  let at = skipSpace(json, skipSpace(json, 0) + 1);
  while (bytes[at] === 0x22) {
    const name = JSON.parse(bytes.toString("utf8", at, endOfString(json, at + 1))) as string;
    const value = endOfKey(json, at);
    const end = endOfValue(json, value);
    members.push({ name, start: at, value, end });
    at = skipSpace(json, end);
    if (bytes[at] === comma) at = skipSpace(json, at + 1);
  }
  return members;
}

/**
 * The same object with other members: JSON text by name, null for none. A name has one value afterwards, or none; every
 * other member keeps its bytes.
 */
export function withMembers(bytes: Buffer, members: Member[], changes: ReadonlyMap<string, string | null>): Buffer {
  const kept = members.filter(({ name }) => !changes.has(name));
  const put = [...changes].flatMap(([name, text]) => (text === null ? [] : [`${JSON.stringify(name)}:${text}`]));
  const first = bytes.indexOf(openBrace) + 1;
  // Nothing is taken out: what is there stays as it is, to the last space.
  if (kept.length === members.length) {
    const between = members.length > 0 && put.length > 0 ? "," : "";
    return Buffer.concat([bytes.subarray(0, first), Buffer.from(put.join(",") + between), bytes.subarray(first)]);
  }
  const parts = [...put.map((text) => Buffer.from(text)), ...kept.map(({ start, end }) => bytes.subarray(start, end))];
  const separated = parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from(","), part]));
  return Buffer.concat([bytes.subarray(0, first), ...separated, bytes.subarray(members.at(-1)!.end)]);
}
