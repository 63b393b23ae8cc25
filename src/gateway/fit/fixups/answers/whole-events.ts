/** The bytes of an event stream, cut between its events. Nothing of them is changed. */

const lf = 0x0a;
const cr = 0x0d;

/** More of one event than this is not waited for: what comes then passes as it is. */
const longestEvent = 4 * 1024 * 1024;

export class WholeEvents {
  #tail: Buffer[] = [];
  #length = 0;
  #gaveUp = false;

  /** All events that are whole by now. */
  push(chunk: Buffer): Buffer {
    if (this.#gaveUp) return chunk;
    this.#tail.push(chunk);
    this.#length += chunk.length;
    this.#gaveUp = this.#length > longestEvent;
    if (!this.#gaveUp && !chunk.includes(lf)) return Buffer.alloc(0);
    const bytes = this.#tail.length === 1 ? chunk : Buffer.concat(this.#tail);
    const end = this.#gaveUp ? bytes.length : lastEventEnd(bytes);
    const rest = bytes.subarray(end);
    this.#tail = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return bytes.subarray(0, end);
  }

  /** An event that no empty line ended. */
  rest(): Buffer {
    const bytes = Buffer.concat(this.#tail);
    this.#tail = [];
    return bytes;
  }
}

/** Behind the last empty line, or 0. */
function lastEventEnd(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(lf); at > 0; at = bytes.lastIndexOf(lf, at - 1)) {
    const before = bytes[at - 1] === cr ? at - 2 : at - 1;
    if (bytes[before] === lf) return at + 1;
  }
  return 0;
}

/** Each event of `bytes` with the empty line that ends it. */
export function eventsOf(bytes: Buffer): string[] {
  return bytes.toString("utf8").split(/(?<=\n\r?\n)/);
}

/** The data of one event; empty of a comment. */
export function dataOf(event: string): string {
  return event
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith("data:") ? [line.slice(line[5] === " " ? 6 : 5)] : []))
    .join("\n");
}
