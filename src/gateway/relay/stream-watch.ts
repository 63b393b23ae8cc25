/**
 * Follows a stream of events on its way from an engine to a client, to know at its end whether that was all. The pieces
 * are only kept, not looked at: their last ones, and the marks that others had.
 */
import type { StreamEnd } from "../dialects/stream-end.ts";
import { dataOf, eventsOf } from "../fit/fixups/answers/whole-events.ts";
import { contentsOf } from "../upstream/chunks.ts";

/** `add`: what the engine left out of its end. `failed`: it has said so itself. `unknown`: it may be whole. */
export type AnswerEnding = { is: "whole"; add: string } | { is: "failed" | "unfinished" | "unknown" };

/** Sees what the client gets. */
export interface AnswerWatch {
  take(bytes: Buffer | string): void;
  /** As `take`, of whole chunks in their coding. */
  takeChunks(chunks: Buffer): void;
  /** Were this the end. */
  ending(): AnswerEnding;
}

/** `chunks`: in their coding. */
type Piece = { bytes: Buffer | string } | { chunks: Buffer };

/** Bytes, of each of two parts: the older one goes when the younger one has so many. */
const keptBytes = 32 * 1024;

export class StreamWatch implements AnswerWatch {
  readonly #end: StreamEnd;
  #older: Piece[] = [];
  #younger: Piece[] = [];
  #youngerBytes = 0;
  /** The mark was in what is not kept any more. */
  #marked = false;

  constructor(end: StreamEnd) {
    this.#end = end;
  }

  take(bytes: Buffer | string): void {
    this.#keep({ bytes }, bytes.length);
  }

  takeChunks(chunks: Buffer): void {
    this.#keep({ chunks }, chunks.length);
  }

  ending(): AnswerEnding {
    const bytes = this.#kept();
    const text = bytes.toString("utf8");
    if (this.#end.failure.test(text)) return { is: "failed" };
    if (this.#marked || this.#end.mark.test(text)) return { is: "whole", add: "" };
    const { leftOut } = this.#end;
    if (leftOut?.isWhole(eventsOf(bytes).map(dataOf))) return { is: "whole", add: leftOut.mark };
    return { is: "unfinished" };
  }

  #keep(piece: Piece, size: number): void {
    this.#younger.push(piece);
    this.#youngerBytes += size;
    if (this.#youngerBytes < keptBytes) return;
    // Both: a mark may lie across their border.
    this.#marked ||= this.#end.mark.test(this.#kept().toString("utf8"));
    this.#older = this.#younger;
    this.#younger = [];
    this.#youngerBytes = 0;
  }

  /** What is kept. Broken characters at its beginning and within do no harm. */
  #kept(): Buffer {
    return Buffer.concat([...this.#older, ...this.#younger].flatMap(contentOf));
  }
}

function contentOf(piece: Piece): Buffer[] {
  if ("chunks" in piece) return contentsOf(piece.chunks);
  const { bytes } = piece;
  return [typeof bytes === "string" ? Buffer.from(bytes) : bytes];
}
