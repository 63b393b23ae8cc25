/**
 * Calls whose arguments the model encoded twice (a JSON string in which JSON stands), or not at all (an object):
 * they become the JSON text that OpenAI's clients expect. Everything else of the answer passes as it came.
 */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import { EventAnswer, wholeAnswer } from "./event-answer.ts";

export const decodeArguments = {
  name: "decode-arguments" as const,
  about:
    "For models that write a call's arguments as a string in a string, or as bare JSON: they become the JSON text that clients expect, in streams too, where the pieces of such arguments are held until they are whole.",
  example: {
    before: { name: "read", arguments: '"{\\"path\\":\\"a.txt\\"}"' },
    after: { name: "read", arguments: '{"path":"a.txt"}' },
  },
  apply: (call: JsonObject): JsonObject => {
    const decoded = decodedArguments(call.arguments);
    return decoded === call.arguments ? call : { ...call, arguments: decoded };
  },
};

/** `changed` is called once for every call that was corrected. */
export function decodedAnswer(streaming: boolean, changed: () => void): AnswerTranslation {
  return streaming ? new DecodedStream(changed) : decodedWhole(changed);
}

/** The JSON text of an object, however often it was encoded; anything else as it is. */
function decodedArguments(given: unknown): unknown {
  if (isObject(given)) return JSON.stringify(given);
  let text = given;
  while (typeof text === "string" && text.trimStart().startsWith('"')) text = parsed(text);
  return typeof text === "string" && isObject(parsed(text)) ? text : isObject(text) ? JSON.stringify(text) : given;
}

function decodedWhole(changed: () => void): AnswerTranslation {
  return wholeAnswer((text) => {
    const answer = parsed(text);
    let count = 0;
    for (const choice of listIn(answer, "choices")) {
      for (const call of listIn(choice.message, "tool_calls")) {
        if (!isObject(call.function)) continue;
        const next = decodeArguments.apply(call.function);
        if (next === call.function) continue;
        call.function = next;
        count++;
        changed();
      }
    }
    return count === 0 ? text : JSON.stringify(answer);
  });
}

/** Arguments that begin as a string do, as far as they came. */
interface Held {
  text: string;
  choice: unknown;
  index: unknown;
}

class DecodedStream extends EventAnswer {
  readonly #changed: () => void;
  /** By choice and call; null for those that are as they should be. */
  readonly #calls = new Map<string, Held | null>();
  #chunk: JsonObject = {};

  constructor(changed: () => void) {
    super();
    this.#changed = changed;
  }

  protected override take(data: string): void {
    const chunk = data.includes('"tool_calls"') || this.#calls.size > 0 ? parsed(data) : null;
    if (!isObject(chunk)) {
      if (data === "[DONE]") this.release();
      this.say(data);
      return;
    }
    this.#chunk = chunk;
    const choices = listIn(chunk, "choices");
    const held = choices.map((choice) => listIn(choice.delta, "tool_calls").map((call) => this.#hold(choice, call)));
    if (choices.some(({ finish_reason: reason }) => typeof reason === "string")) this.release();
    this.say(held.flat().includes(true) ? JSON.stringify(chunk) : data);
  }

  /** True where the piece was changed. */
  #hold(choice: JsonObject, call: JsonObject): boolean {
    const { function: piece, index } = call;
    if (!isObject(piece)) return false;
    if (isObject(piece.arguments)) {
      piece.arguments = JSON.stringify(piece.arguments);
      this.#changed();
      return true;
    }
    const { arguments: text } = piece;
    if (typeof text !== "string" || text.trim() === "") return false;
    const key = JSON.stringify([choice.index ?? 0, index ?? 0]);
    if (!this.#calls.has(key)) {
      const isString = text.trimStart().startsWith('"');
      this.#calls.set(key, isString ? { text: "", choice: choice.index ?? 0, index: index ?? 0 } : null);
    }
    const held = this.#calls.get(key) ?? null;
    if (held === null) return false;
    held.text += text;
    piece.arguments = "";
    return true;
  }

  /** Says what was held, decoded where it can be. */
  protected override release(): void {
    for (const [key, held] of this.#calls) {
      if (held === null) continue;
      this.#calls.set(key, null);
      const { text, choice, index } = held;
      const decoded = decodedArguments(text);
      if (decoded !== text) this.#changed();
      this.sayDelta(this.#chunk, choice, { tool_calls: [{ index, function: { arguments: decoded } }] });
    }
  }
}
