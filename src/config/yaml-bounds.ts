/** What no person writes into a configuration, found before the parser would hold everything up with it. */

/** Lines and commas: the parser's time grows faster than with their number. */
const mostPieces = 5000;
const deepest = 100;

export interface OutOfBounds {
  message: string;
  /** Offset of the place. */
  at: number;
}

/** Null where the text may be parsed: in well under a second, and without running out of stack. */
export function outOfBounds(text: string): OutOfBounds | null {
  let pieces = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\n" || char === ",") pieces += 1;
    // A sequence may also begin in a sequence: `- - - a`.
    if (char === "[" || char === "{" || (char === "-" && text[at + 1] === " ")) depth += 1;
    else if (char === "]" || char === "}") depth -= 1;
    if (char === "\n") depth = 0;
    if (pieces > mostPieces) return { message: `More than ${mostPieces} lines and entries are too many`, at };
    if (depth > deepest) return { message: `More than ${deepest} lists in each other are too many`, at };
  }
  return null;
}
