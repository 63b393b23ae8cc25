/** How an API's event streams end, as engines send them: by that a whole answer is told from one that only stops. */
import { isObject, type JsonObject } from "../../domain/json-object.ts";
import { isGivenUp } from "./chat/engine-problem.ts";

export interface StreamEnd {
  /** Stands in every whole stream. No words of a model can be taken for it: in JSON they have no lines and no bare quotes. */
  mark: RegExp;
  /** Stands where the engine says itself that it has failed. */
  failure: RegExp;
  /**
   * The mark itself, where engines leave it out although the answer is whole by what they said last. `last`: the data of
   * the last events, oldest first.
   */
  leftOut?: { mark: string; isWhole(last: string[]): boolean };
}

const openaiFailure = /^(?:data: ?\{\s*"error"\s*:\s*[{"]|error: ?\{)/m;

/** Of chats and text completions. */
export const choicesEnd: StreamEnd = {
  mark: /^data: ?\[DONE\]/m,
  failure: openaiFailure,
  leftOut: { mark: "data: [DONE]\n\n", isWhole: allFinished },
};

/** Of what is heard in a recording: vLLM says it as a chat, OpenAI in events of its own. */
export const transcriptEnd: StreamEnd = {
  mark: /^(?:data: ?\[DONE\]|(?:event: ?|data: ?\{"type": ?")transcript\.text\.done)/m,
  failure: openaiFailure,
};

export const messageEnd: StreamEnd = {
  mark: /^event: ?message_stop|"type": ?"message_stop"/m,
  failure: /^event: ?error|^data: ?\{"type": ?"error"/m,
};

export const responseEnd: StreamEnd = {
  mark: /^event: ?response\.(?:completed|incomplete|failed)|"type": ?"response\.(?:completed|incomplete|failed)"/m,
  failure: /^event: ?(?:response\.failed|error)|"type": ?"response\.failed"|^data: ?\{"type": ?"error"/m,
};

/** The engine has said of each choice among its last words how that ends. */
function allFinished(last: string[]): boolean {
  const finished = new Map<unknown, boolean>();
  for (const data of last) {
    for (const choice of choicesIn(data)) {
      const { index, finish_reason: reason } = choice;
      const isEnd = typeof reason === "string" && reason !== "" && !isGivenUp(choice);
      finished.set(index, finished.get(index) === true || isEnd);
    }
  }
  return finished.size > 0 && [...finished.values()].every((one) => one);
}

function choicesIn(data: string): JsonObject[] {
  try {
    const chunk: unknown = JSON.parse(data);
    return isObject(chunk) && Array.isArray(chunk.choices) ? chunk.choices.filter(isObject) : [];
  } catch {
    return [];
  }
}
