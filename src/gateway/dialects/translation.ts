/** How a request of another API is asked of an engine in OpenAI's words, and its answer told in the API's own. */

/** What an answer says about itself. */
export interface About {
  /** Of the request; the answer's `x-request-id`. */
  id: string;
  /** Canonical id, or null where it is not known yet. */
  model: string | null;
}

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** When the request came. */
  receivedAt: number;
  /** When the engine was asked; what lies between is the wait for it. */
  askedAt: number;
}

/** What becomes of the model after the answer: it stops, stays until further notice, or stops when idle as usual. */
export type Residence = "stop" | "pin" | "unpin";

/** A request in OpenAI's words. */
export interface Asked {
  /** The engine's route. Null: nothing is asked, the model is only to be there; `answer` has no bytes to translate. */
  path: string | null;
  /** Without `model`, where the client named none. */
  body: Record<string, unknown>;
  /** The client reads its answer piece by piece, so it can be told that it waits. */
  streaming: boolean;
  /** What was asked for and could not be passed on, for `x-hearth-fixups`. */
  leftOut: string[];
  /** Kinds of parts of the conversation in whose place a sentence stands, for the same. */
  replaced: string[];
  /** An engine's own route of this API would lose a part of it without a word: it is not to be asked that way. */
  only?: true;
  /** Null where the client leaves it open. */
  residence: Residence | null;
  answer(about: About, clock: Clock): AnswerTranslation;
}

/** One per attempt: it keeps what it needs of the bytes so far, and is thrown away with them. */
export interface AnswerTranslation {
  /** Null: the engine's own. */
  contentType: string | null;
  /** Bytes of the engine's answer; returns what the client is to get for them, maybe nothing yet. Throws a Problem. */
  push(chunk: Buffer): Buffer | string;
  /** Says something in the place where its clients show thoughts, before any bytes came. Absent where there is none. */
  think?(words: string): string;
  /** What came is all of the answer, even if its connection breaks now. Without it only the end tells. */
  whole?(): boolean;
  /** The engine has ended its answer. Throws a Problem where that is not a whole answer. */
  end(): Buffer | string;
}

/** Pure. `body`: parsed JSON, an object. Throws a Problem (`invalid_request`). */
export type Translation = (body: Record<string, unknown>) => Asked;
