/** Whether a body says anywhere that something is not set, found without parsing it. */

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const nil = Buffer.from("null");
const calls = Buffer.from('"tool_calls"');

/** Members of which `null` is a value like any other: an assistant's content, a schema's default. */
const meant = new Set(["content", "default", "const"]);
/** No name of a member that engines know is longer. */
const longestName = 40;

/** A member within the body is null, those apart in which that means something. */
export function hasNullMember(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(nil); at >= 0; at = bytes.indexOf(nil, at + nil.length)) {
    const name = memberBefore(bytes, at);
    if (name !== null && !meant.has(name)) return true;
  }
  return false;
}

/** A list of calls is there that is empty. */
export function hasEmptyCalls(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(calls); at >= 0; at = bytes.indexOf(calls, at + calls.length)) {
    if (/^\s*:\s*\[\s*\]/.test(bytes.toString("latin1", at + calls.length, at + calls.length + 40))) return true;
  }
  return false;
}

/** The name of the member whose value begins at `at`; null where none does, as within a text, whose quotes are escaped. */
function memberBefore(bytes: Buffer, at: number): string | null {
  let i = at - 1;
  while (isSpace(bytes[i])) i--;
  if (bytes[i] !== colon) return null;
  i--;
  while (isSpace(bytes[i])) i--;
  if (bytes[i] !== quote || bytes[i - 1] === backslash) return null;
  const start = bytes.lastIndexOf(quote, i - 1);
  if (start < 0 || i - start > longestName || bytes[start - 1] === backslash) return null;
  return bytes.toString("latin1", start + 1, i);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
