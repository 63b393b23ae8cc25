/**
 * Walks over JSON text in bytes without building anything. Each `endOf...` takes the index where the thing
 * starts and returns the index just after it, or `~offset` (negative) of the first byte that cannot be.
 */

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
let closers = new Uint8Array(256);

export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && isSpace[bytes[i]!] === 1) i++;
  return i;
}

/** `at`: just after the opening quote. */
export function endOfString(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    i = endOfPlain(bytes, i);
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

/** A run of plain bytes that is shorter than this is not worth the preparations for looking at four at once. */
const short = 64;

/** The first byte that is not plain, or the end: most of a large body is walked here. */
function endOfPlain(bytes: Uint8Array, at: number): number {
  const wholeWord = at + short + (-(bytes.byteOffset + at) & 3);
  const near = Math.min(bytes.length, wholeWord);
  let i = at;
  while (i < near && endsPlain[bytes[i]!] === 0) i++;
  if (i < wholeWord) return i;
  i += 4 * plainWords(new Int32Array(bytes.buffer, bytes.byteOffset + i, (bytes.length - i) >> 2));
  while (i < bytes.length && endsPlain[bytes[i]!] === 0) i++;
  return i;
}

/** How many words of four bytes hold nothing but plain bytes. */
function plainWords(words: Int32Array): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const quote = word ^ 0x22222222;
    const backslash = word ^ 0x5c5c5c5c;
    // A high bit tells of a byte that is zero, in the third term of one below 0x20.
    const found =
      ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash) | ((word - 0x20202020) & ~word);
    if ((found & 0x80808080) !== 0) return i;
  }
  return words.length;
}

/** A key, its colon and the space around it: the end is where the value starts. */
export function endOfKey(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x22) return ~at;
  const end = endOfString(bytes, at + 1);
  if (end < 0) return end;
  const colon = skipSpace(bytes, end);
  return bytes[colon] === 0x3a ? skipSpace(bytes, colon + 1) : ~colon;
}

/** Any value; nesting costs a byte per level and no call stack. */
export function endOfValue(bytes: Uint8Array, at: number): number {
  let i = at;
  let depth = 0;
  for (;;) {
    const first = bytes[i];
    if (first === 0x7b || first === 0x5b) {
      const closer = first + 2; // } is { + 2, ] is [ + 2
      i = skipSpace(bytes, i + 1);
      if (bytes[i] === closer) i++;
      else {
        if (depth === closers.length) closers = grown(closers);
        closers[depth++] = closer;
        if (closer === 0x7d) i = endOfKey(bytes, i);
        if (i < 0) return i;
        continue;
      }
    } else {
      i = endOfScalar(bytes, i);
      if (i < 0) return i;
    }
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(bytes, i);
      const closer = closers[depth - 1];
      if (bytes[i] === closer) {
        depth--;
        i++;
      } else if (bytes[i] === 0x2c) {
        i = skipSpace(bytes, i + 1);
        if (closer === 0x7d) i = endOfKey(bytes, i);
        if (i < 0) return i;
        break;
      } else return ~i;
    }
  }
}

function endOfScalar(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === undefined) return ~at;
  if (first === 0x22) return endOfString(bytes, at + 1);
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

function grown(stack: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(stack.length * 2);
  larger.set(stack);
  return larger;
}
