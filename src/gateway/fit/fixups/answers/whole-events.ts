/** The bytes of an event stream, cut between its events. Nothing of them is changed. */

const lf = 0x0a;
const cr = 0x0d;

/** More of one event than this is not waited for: what comes then passes as it is. */
const longestEvent = 4 * 1024 * 1024;

/** An event's end that is cut in two: this much of it at most stands in the earlier piece. */
const longestCutEnd = 3;

export class WholeEvents {
  #tail: Buffer[] = [];
  #length = 0;
  /** The last bytes of the tail. */
  #last: Buffer = Buffer.alloc(0);
  #gaveUp = false;

  /** All events that are whole by now. Looks at each byte once, however many pieces an event comes in. */
  push(chunk: Buffer): Buffer {
    if (this.#gaveUp) return chunk;
    this.#gaveUp = this.#length + chunk.length > longestEvent;
    const looked = this.#last.length === 0 ? chunk : Buffer.concat([this.#last, chunk]);
    const end = this.#gaveUp ? chunk.length : lastEventEnd(looked) - this.#last.length;
    if (end <= 0) {
      this.#keep(chunk, looked);
      return Buffer.alloc(0);
    }
    const bytes =
      this.#tail.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...this.#tail, chunk.subarray(0, end)]);
    this.#forget();
    const rest = chunk.subarray(end);
    this.#keep(rest, rest);
    return bytes;
  }

  /** An event that no empty line ended. */
  rest(): Buffer {
    const bytes = Buffer.concat(this.#tail);
    this.#forget();
    return bytes;
  }

  #forget(): void {
    this.#tail = [];
    this.#length = 0;
    this.#last = Buffer.alloc(0);
  }

  #keep(piece: Buffer, looked: Buffer): void {
    if (piece.length === 0) return;
    this.#tail.push(piece);
    this.#length += piece.length;
    this.#last = looked.subarray(-longestCutEnd);
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
