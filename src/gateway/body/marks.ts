/**
 * What a body holds, told by the short strings in it: in one walk from quote to quote, without parsing, so that nearly
 * every request is known to need nothing.
 */

export interface Marks {
  /** Those of the watched words that are whole strings in it, names or values. */
  words: ReadonlySet<string>;
  /** A member is null, those apart of which null is a value like any other. */
  hasNull: boolean;
  /** A list of calls is there that is empty. */
  hasEmptyCalls: boolean;
  /** A call's arguments are text that does not end as an object does. */
  hasBrokenArguments: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const closingBrace = 0x7d;
/** Longer strings are texts. */
const longest = 40;
/** An assistant's content, a schema's default. */
const meantNull = new Set(["content", "default", "const"]);

/** `bytes`: of JSON. A word that is written with escapes is not found. */
export function marksIn(bytes: Buffer, watched: ReadonlySet<string>): Marks {
  const words = new Set<string>();
  let hasNull = false;
  let hasEmptyCalls = false;
  let hasBrokenArguments = false;
  let at = bytes.indexOf(quote);
  for (let end = next(bytes, at); end > 0; at = end, end = next(bytes, at)) {
    if (end - at > longest || bytes[at - 1] === backslash || !isLetter(bytes[at + 1]!)) continue;
    const word = bytes.toString("latin1", at + 1, end);
    if (watched.has(word)) words.add(word);
    const value = valueAfter(bytes, end + 1);
    if (value === 0) continue;
    if (bytes[value] === 0x6e) hasNull ||= !meantNull.has(word);
    else if (word === "arguments" && bytes[value] === quote) hasBrokenArguments ||= isBroken(bytes, value + 1);
    else if (word === "tool_calls" && bytes[value] === 0x5b)
      hasEmptyCalls ||= bytes[afterSpace(bytes, value + 1)] === 0x5d;
  }
  return { words, hasNull, hasEmptyCalls, hasBrokenArguments };
}

/** Whether the text that begins at `start`, behind its quote, is something else than an object's. */
function isBroken(bytes: Buffer, start: number): boolean {
  let end = bytes.indexOf(quote, start);
  while (end > 0 && backslashesBefore(bytes, end) % 2 === 1) end = bytes.indexOf(quote, end + 1);
  let last = end - 1;
  while (last >= start && bytes[last] === 0x20) last--;
  return last >= start && bytes[last] !== closingBrace;
}

function backslashesBefore(bytes: Buffer, at: number): number {
  let count = 0;
  while (bytes[at - 1 - count] === backslash) count++;
  return count;
}

/** The next quote, or -1. */
function next(bytes: Buffer, at: number): number {
  return at < 0 ? -1 : bytes.indexOf(quote, at + 1);
}

/** Where the value of a member begins whose name ends just before `at`; 0 where no colon follows. */
function valueAfter(bytes: Buffer, at: number): number {
  const sign = afterSpace(bytes, at);
  return bytes[sign] === colon ? afterSpace(bytes, sign + 1) : 0;
}

function afterSpace(bytes: Buffer, at: number): number {
  let i = at;
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++;
  return i;
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
