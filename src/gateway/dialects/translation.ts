/** How a request of another API is asked of an engine in OpenAI's words, and its answer told in the API's own. */

/** What an answer says about itself. */
export interface About {
  /** Of the request; the answer's `x-request-id`. */
  id: string;
  /** Canonical id, or null where it is not known yet. */
  model: string | null;
}

/** A request in OpenAI's words. */
export interface Asked {
  /** The engine's route. */
  path: string;
  /** Without `model`, where the client named none. */
  body: Record<string, unknown>;
  /** The client reads its answer piece by piece, so it can be told that it waits. */
  streaming: boolean;
  /** What was asked for and could not be passed on, for `x-hearth-fixups`. */
  leftOut: string[];
  answer(about: About): AnswerTranslation;
}

/** One per attempt: it keeps what it needs of the bytes so far, and is thrown away with them. */
export interface AnswerTranslation {
  contentType: string;
  /** Bytes of the engine's answer; returns what the client is to get for them, maybe nothing yet. Throws a Problem. */
  push(chunk: Buffer): string;
  /** The engine has ended its answer. Throws a Problem where that is not a whole answer. */
  end(): string;
}

/** Pure. `body`: parsed JSON, an object. Throws a Problem (`invalid_request`). */
export type Translation = (body: Record<string, unknown>) => Asked;
