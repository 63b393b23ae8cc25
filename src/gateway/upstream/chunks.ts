/** Reads the chunked transfer coding. */

export interface ChunkSink {
  /** Content, without the coding. */
  data(bytes: Buffer): void;
  /** Whole chunks as they came, their coding included: they can be passed on as they are. */
  chunks(bytes: Buffer): void;
}

const cr = 0x0d;
const lf = 0x0a;
/** Size in hexadecimal digits, and extensions that nobody uses. */
const longestSizeLine = 1024;
const longestTrailer = 16 * 1024;

type Part = "size" | "data" | "dataEnd" | "trailer" | "over";

export class ChunkReader {
  readonly #sink: ChunkSink;
  #part: Part = "size";
  /** Of the data of this chunk, still to come. */
  #left = 0;
  #line = "";

  constructor(sink: ChunkSink) {
    this.#sink = sink;
  }

  /** The last chunk and the trailer have been read. */
  get over(): boolean {
    return this.#part === "over";
  }

  /** Returns how many bytes were taken: all of them, unless the coding ends before. Throws where it is broken. */
  read(bytes: Buffer): number {
    let at = 0;
    if (this.#part === "size" && this.#line === "") {
      at = wholeChunks(bytes);
      if (at > 0) this.#sink.chunks(at === bytes.length ? bytes : bytes.subarray(0, at));
    }
    while (at < bytes.length && this.#part !== "over") {
      if (this.#part === "data") at = this.#data(bytes, at);
      else at = this.#inLine(bytes, at);
    }
    return at;
  }

  #data(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#sink.data(bytes.subarray(at, end));
    if (this.#left === 0) this.#part = "dataEnd";
    return end;
  }

  #inLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(lf, at);
    this.#line += bytes.toString("latin1", at, end < 0 ? bytes.length : end);
    if (this.#line.length > (this.#part === "trailer" ? longestTrailer : longestSizeLine)) throw broken();
    if (end < 0) return bytes.length;
    if (!this.#line.endsWith("\r")) throw broken();
    const line = this.#line.slice(0, -1);
    this.#line = "";
    this.#lineEnded(line);
    return end + 1;
  }

  #lineEnded(line: string): void {
    if (this.#part === "dataEnd") {
      if (line !== "") throw broken();
      this.#part = "size";
    } else if (this.#part === "trailer") {
      if (line === "") this.#part = "over";
    } else {
      const size = /^([\da-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
      if (size === undefined) throw broken();
      this.#left = Number.parseInt(size, 16);
      this.#part = this.#left === 0 ? "trailer" : "data";
    }
  }
}

/** Where the whole chunks at the beginning of `bytes` end; the last one, which has no data, does not count. */
function wholeChunks(bytes: Buffer): number {
  let whole = 0;
  for (let end = endOfChunk(bytes, 0); end > 0; end = endOfChunk(bytes, end)) whole = end;
  return whole;
}

/** -1 where the chunk that starts at `at` is not whole, has no data, or is not written in the plainest way. */
function endOfChunk(bytes: Buffer, start: number): number {
  let at = start;
  let size = 0;
  for (let digit = hexValue(bytes[at]); digit >= 0 && at - start < 8; digit = hexValue(bytes[at])) {
    size = size * 16 + digit;
    at += 1;
  }
  if (size === 0 || bytes[at] !== cr || bytes[at + 1] !== lf) return -1;
  const end = at + 2 + size;
  return bytes[end] === cr && bytes[end + 1] === lf ? end + 2 : -1;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** What is in whole chunks. */
export function contentsOf(chunks: Buffer): Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < chunks.length; ) {
    const end = endOfChunk(chunks, at);
    contents.push(chunks.subarray(chunks.indexOf(lf, at) + 1, end - 2));
    at = end;
  }
  return contents;
}

function broken(): Error {
  return new Error("its chunks are broken");
}
