/**
 * Finds the few fields that routing needs in a JSON body without parsing it: a 1 MB prompt costs a walk over its
 * bytes instead of a tree of objects. The walk checks the whole text, so it accepts and finds exactly what
 * `JSON.parse` would (property-tested), as long as there is no more structure than `json-limits.ts` allows.
 */
import { endOfKey, endOfString, endOfValue, type JsonText, jsonText, mayHaveMember, skipSpace } from "./json-walk.ts";

export interface BodyFields {
  /** The value of `model` where it is a string. */
  model: string | null;
  /** Where the bytes of its value are, quotes included; -1 where there is no such key. */
  modelStart: number;
  modelEnd: number;
  /** `stream` is `true`. */
  stream: boolean;
  serviceTier: string | null;
  /** The three names under which an answer's length is limited; null where it is no number. */
  maxTokens: number | null;
  maxCompletionTokens: number | null;
  maxOutputTokens: number | null;
  /** A member is null. */
  hasNull: boolean;
  tools: "none" | "empty" | "some";
  /** `tool_choice` or `parallel_tool_calls` is there. */
  hasToolChoice: boolean;
  hasStreamOptions: boolean;
  /** Just after the opening brace: where a member can be put in. */
  membersStart: number;
  hasMembers: boolean;
  /** Members and elements in all of it. */
  size: number;
}

export type BodyScan =
  | { kind: "object"; fields: BodyFields }
  /** Valid JSON, but no object. */
  | { kind: "other" }
  /** `offset`: the first byte that cannot be. */
  | { kind: "invalid"; offset: number }
  /** More structure than any request has (`json-limits.ts`). */
  | { kind: "excessive"; in: "members" | "depth" };

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;

const names = [
  ...["model", "stream", "service_tier", "max_tokens", "max_completion_tokens", "max_output_tokens"],
  ...["tools", "tool_choice", "parallel_tool_calls", "stream_options"],
];
const lengths = new Set(names.map(({ length }) => length));
/** Each letter may be written as \u0000. */
const longestEscaped = 6 * Math.max(...lengths);

export function scanBody(bytes: Uint8Array): BodyScan {
  const json = jsonText(bytes);
  const start = skipSpace(json, 0);
  if (bytes[start] !== openBrace) {
    const end = endOfValue(json, start);
    return end < 0 ? refused(json, ~end) : ending(json, end, { kind: "other" });
  }
  const fields: BodyFields = {
    model: null,
    modelStart: -1,
    modelEnd: -1,
    stream: false,
    serviceTier: null,
    maxTokens: null,
    maxCompletionTokens: null,
    maxOutputTokens: null,
    hasNull: false,
    tools: "none",
    hasToolChoice: false,
    hasStreamOptions: false,
    membersStart: start + 1,
    hasMembers: false,
    size: 0,
  };
  let at = skipSpace(json, start + 1);
  if (bytes[at] === closeBrace) return ending(json, at + 1, { kind: "object", fields });
  fields.hasMembers = true;
  for (;;) {
    if (!mayHaveMember(json)) return refused(json, at);
    const value = endOfKey(json, at);
    if (value < 0) return refused(json, ~value);
    const end = endOfValue(json, value);
    if (end < 0) return refused(json, ~end);
    take(fields, json, at, value, end);
    at = skipSpace(json, end);
    if (bytes[at] === comma) at = skipSpace(json, at + 1);
    else if (bytes[at] === closeBrace) {
      fields.size = json.members;
      return ending(json, at + 1, { kind: "object", fields });
    } else return refused(json, at);
  }
}

/** Keeps what the member whose key starts at `key` says, if it is one that is looked for. A later duplicate wins. */
function take(fields: BodyFields, json: JsonText, key: number, start: number, end: number): void {
  const { bytes } = json;
  fields.hasNull ||= bytes[start] === 0x6e; // `n`: checked to be `null`
  switch (keyName(json, key)) {
    case "model":
      fields.modelStart = start;
      fields.modelEnd = end;
      fields.model = text(bytes, start, end);
      break;
    case "stream":
      fields.stream = bytes[start] === 0x74; // `t`: checked to be `true`
      break;
    case "service_tier":
      fields.serviceTier = text(bytes, start, end);
      break;
    case "max_tokens":
      fields.maxTokens = number(bytes, start, end);
      break;
    case "max_completion_tokens":
      fields.maxCompletionTokens = number(bytes, start, end);
      break;
    case "max_output_tokens":
      fields.maxOutputTokens = number(bytes, start, end);
      break;
    case "tools":
      fields.tools =
        bytes[start] === openBracket && bytes[skipSpace(json, start + 1)] !== closeBracket ? "some" : "empty";
      break;
    case "tool_choice":
    case "parallel_tool_calls":
      fields.hasToolChoice = true;
      break;
    case "stream_options":
      fields.hasStreamOptions = true;
      break;
  }
}

/** The key's name where it can be one of ours, by its length or because it is written with escapes. */
function keyName(json: JsonText, key: number): string | null {
  const { bytes } = json;
  const end = endOfString(json, key + 1);
  const length = end - key - 2;
  const escaped = length <= longestEscaped && bytes.subarray(key, end).includes(backslash);
  return lengths.has(length) || escaped ? text(bytes, key, end) : null;
}

/** A string's value, or null for any other kind of value. */
function text(bytes: Uint8Array, start: number, end: number): string | null {
  if (bytes[start] !== quote) return null;
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
  return raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

/** A number's value, or null for any other kind of value. */
function number(bytes: Uint8Array, start: number, end: number): number | null {
  const first = bytes[start]!;
  if (first !== minus && (first < 0x30 || first > 0x39)) return null;
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1"));
}

function ending(json: JsonText, end: number, scan: BodyScan): BodyScan {
  const at = skipSpace(json, end);
  return at === json.bytes.length ? scan : refused(json, at);
}

function refused({ exceeded }: JsonText, offset: number): BodyScan {
  return exceeded === null ? { kind: "invalid", offset } : { kind: "excessive", in: exceeded };
}
