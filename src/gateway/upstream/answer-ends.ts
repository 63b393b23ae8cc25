/**
 * The beginning and the end of an engine's answer: there it says what it counted. A copy of a few kilobytes, whatever
 * its length, so that nothing of a long answer is held.
 */

/** Anthropic's streams count the prompt in their first event. */
const headBytes = 2048;
const tailBytes = 8192;
/** Of the chunked transfer coding, which passes here as it came. */
const chunkEdge = /\r\n[0-9a-f]+\r\n/gi;

export class AnswerEnds {
  /** Bytes so far, those of the chunked coding too. */
  bytes = 0;
  #head: Buffer | null = null;
  /** A ring: `bytes` says where its next byte goes. */
  #tail: Buffer | null = null;

  take(bytes: Buffer): void {
    this.#head ??= Buffer.from(bytes.subarray(0, headBytes));
    const last = bytes.length > tailBytes ? bytes.subarray(-tailBytes) : bytes;
    this.#tail ??= Buffer.allocUnsafeSlow(tailBytes);
    const at = (this.bytes + bytes.length - last.length) % tailBytes;
    const fits = Math.min(last.length, tailBytes - at);
    last.copy(this.#tail, at, 0, fits);
    last.copy(this.#tail, 0, fits);
    this.bytes += bytes.length;
  }

  get head(): string {
    return this.#head?.toString("utf8") ?? "";
  }

  /** How many of its bytes the tail was, the chunked coding's among them. */
  get tailBytes(): number {
    return Math.min(this.bytes, tailBytes);
  }

  /** The last bytes, of a short answer all. */
  get tail(): string {
    if (this.#tail === null) return "";
    const at = this.bytes % tailBytes;
    const parts =
      this.bytes < tailBytes ? [this.#tail.subarray(0, at)] : [this.#tail.subarray(at), this.#tail.subarray(0, at)];
    return Buffer.concat(parts).toString("utf8").replaceAll(chunkEdge, "");
  }
}
