/**
 * Walks over JSON text in bytes without building anything. Each `endOf...` takes the index where the thing
 * starts and returns the index just after it, or `~offset` (negative) of the first byte that cannot be, or may not:
 * then the text says which of its limits ended the walk.
 */
import { mostDepth, mostMembers } from "./json-limits.ts";

const isSpace = table([0x20, 0x09, 0x0a, 0x0d]);
/** Bytes that end the plain run inside a string: quote, backslash, control characters. */
const endsPlain = table([0x22, 0x5c, ...Array(0x20).keys()]);
const isDigit = table([..."0123456789"].map((digit) => digit.charCodeAt(0)));
const isHex = table([..."0123456789abcdefABCDEF"].map((digit) => digit.charCodeAt(0)));
const isEscape = table([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));

const literals: Record<number, Uint8Array> = Object.fromEntries(
  ["true", "false", "null"].map((word) => [word.charCodeAt(0), new TextEncoder().encode(word)]),
);

/** The closing bracket that each open level waits for. Shared: a walk never yields. */
const closers = new Uint8Array(mostDepth);

/** The text to walk over, also as words of four bytes, as far as those are aligned in memory. */
export interface JsonText {
  bytes: Uint8Array;
  words: Int32Array;
  /** Where the first word starts in `bytes`. */
  firstWord: number;
  /** Members of objects and elements of arrays, as far as it has been walked. */
  members: number;
  /** The limit that ended the walk. */
  exceeded: "members" | "depth" | null;
}

export function jsonText(bytes: Uint8Array): JsonText {
  const firstWord = -bytes.byteOffset & 3;
  const count = Math.max(0, (bytes.length - firstWord) >> 2);
  const words = count === 0 ? new Int32Array() : new Int32Array(bytes.buffer, bytes.byteOffset + firstWord, count);
  return { bytes, words, firstWord, members: 0, exceeded: null };
}

export function skipSpace({ bytes }: JsonText, at: number): number {
  let i = at;
  while (i < bytes.length && isSpace[bytes[i]!] === 1) i++;
  return i;
}

/** `at`: just after the opening quote. */
export function endOfString(text: JsonText, at: number): number {
  const { bytes } = text;
  let i = at;
  for (;;) {
    i = endOfPlain(text, i);
    if (bytes[i] === 0x22) return i + 1;
    if (bytes[i] !== 0x5c) return ~i;
    const escaped = bytes[i + 1];
    if (escaped === 0x75) {
      for (let digit = i + 2; digit < i + 6; digit++) if (isHex[bytes[digit] ?? 0] !== 1) return ~digit;
      i += 6;
    } else if (escaped !== undefined && isEscape[escaped] === 1) i += 2;
    else return ~(i + 1);
  }
}

/** The first byte that is not plain, or the end. Most of a large body is walked here, four bytes at a time. */
function endOfPlain({ bytes, words, firstWord }: JsonText, at: number): number {
  let i = at;
  let word = (at - firstWord + 3) >> 2;
  const whole = firstWord + word * 4;
  while (i < whole && i < bytes.length && endsPlain[bytes[i]!] === 0) i++;
  if (i < whole) return i;
  while (word < words.length && isPlain(words[word]!)) word++;
  i = firstWord + word * 4;
  while (i < bytes.length && endsPlain[bytes[i]!] === 0) i++;
  return i;
}

/** None of the four bytes is a quote, a backslash or a control character: no term has borrowed into its high bit. */
function isPlain(word: number): boolean {
  const borrowed = ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101) | (word - 0x20202020);
  return (borrowed & ~word & 0x80808080) === 0;
}

/** A key, its colon and the space around it: the end is where the value starts. */
export function endOfKey(text: JsonText, at: number): number {
  const { bytes } = text;
  if (bytes[at] !== 0x22) return ~at;
  const end = endOfString(text, at + 1);
  if (end < 0) return end;
  const colon = skipSpace(text, end);
  return bytes[colon] === 0x3a ? skipSpace(text, colon + 1) : ~colon;
}

/** Counts one member or element more; false where that is one too many. */
export function mayHaveMember(text: JsonText): boolean {
  text.members += 1;
  if (text.members <= mostMembers) return true;
  text.exceeded = "members";
  return false;
}

/** Any value; nesting costs a byte per level and no call stack. */
export function endOfValue(text: JsonText, at: number): number {
  const { bytes } = text;
  let i = at;
  let depth = 0;
  for (;;) {
    const first = bytes[i];
    if (first === 0x7b || first === 0x5b) {
      const closer = first + 2; // } is { + 2, ] is [ + 2
      if (!mayNest(text, depth)) return ~i;
      i = skipSpace(text, i + 1);
      if (bytes[i] === closer) i++;
      else {
        if (!mayHaveMember(text)) return ~i;
        closers[depth++] = closer;
        if (closer === 0x7d) i = endOfKey(text, i);
        if (i < 0) return i;
        continue;
      }
    } else {
      i = endOfScalar(text, i);
      if (i < 0) return i;
    }
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(text, i);
      const closer = closers[depth - 1];
      if (bytes[i] === closer) {
        depth--;
        i++;
      } else if (bytes[i] === 0x2c) {
        if (!mayHaveMember(text)) return ~i;
        i = skipSpace(text, i + 1);
        if (closer === 0x7d) i = endOfKey(text, i);
        if (i < 0) return i;
        break;
      } else return ~i;
    }
  }
}

/** `depth`: levels that are open within the value; the body's own object is one more. */
function mayNest(text: JsonText, depth: number): boolean {
  if (depth + 1 < mostDepth) return true;
  text.exceeded = "depth";
  return false;
}

function endOfScalar(text: JsonText, at: number): number {
  const { bytes } = text;
  const first = bytes[at];
  if (first === undefined) return ~at;
  if (first === 0x22) return endOfString(text, at + 1);
  const word = literals[first];
  if (word === undefined) return endOfNumber(bytes, at);
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return ~(at + i);
  return at + word.length;
}

function endOfNumber(bytes: Uint8Array, at: number): number {
  let i = bytes[at] === 0x2d ? at + 1 : at;
  if (bytes[i] === 0x30) i++;
  else {
    i = endOfDigits(bytes, i);
    if (i < 0) return i;
  }
  if (bytes[i] === 0x2e) {
    i = endOfDigits(bytes, i + 1);
    if (i < 0) return i;
  }
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    const sign = bytes[i + 1];
    i = endOfDigits(bytes, sign === 0x2b || sign === 0x2d ? i + 2 : i + 1);
  }
  return i;
}

/** One digit at least. */
function endOfDigits(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && isDigit[bytes[i]!] === 1) i++;
  return i > at ? i : ~at;
}

function table(members: number[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const member of members) set[member] = 1;
  return set;
}
