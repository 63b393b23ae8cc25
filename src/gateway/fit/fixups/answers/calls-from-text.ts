/**
 * A call that the engine's parser left in the text becomes a call, where that is certain: the whole text is nothing but
 * calls of tools that the request has. Any other text is the model's answer, and stays that.
 */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import { EventAnswer, wholeAnswer } from "./event-answer.ts";

export const callsFromText = {
  name: "calls-from-text" as const,
  about:
    "For models whose calls the engine's parser misses (smaller Qwen coders, Llama 3.3): text that is nothing but calls of the request's tools, as JSON or in `<tool_call>` tags, becomes those calls. In a stream, text that begins like one is held until that is clear.",
  example: {
    before: {
      role: "assistant",
      content: '<tool_call>\n{"name": "read", "arguments": {"path": "a.txt"}}\n</tool_call>',
    },
    after: {
      role: "assistant",
      content: null,
      tool_calls: [
        { index: 0, id: "call_0", type: "function", function: { name: "read", arguments: '{"path":"a.txt"}' } },
      ],
    },
  },
};

const opening = /^(?:<tool_call>|<\|python_tag\|>)/;
const openings = ["<tool_call>", "<|python_tag|>", "{"];

/** The calls that a text consists of, as OpenAI writes them; null where it is anything else. `tools`: names. `id`: unique. */
export function callsIn(text: string, tools: ReadonlySet<string>, id: string): JsonObject[] | null {
  const pieces = text.trim().split(/<\/tool_call>\s*(?=<tool_call>)/);
  const calls = pieces.map((piece, index) => {
    const json = parsed(piece.replace(opening, "").replace(/<\/tool_call>$/, ""));
    if (!isObject(json) || typeof json.name !== "string" || !tools.has(json.name)) return null;
    const given = json.arguments ?? json.parameters;
    if (!isObject(given) || Object.keys(json).length !== 2) return null;
    const called = { name: json.name, arguments: JSON.stringify(given) };
    return { index, id: `${id}_${index}`, type: "function", function: called };
  });
  return calls.every((call) => call !== null) ? calls : null;
}

/** `changed` is called once for every answer that was corrected. */
export function calledAnswer(
  streaming: boolean,
  tools: ReadonlySet<string>,
  id: string,
  changed: () => void,
): AnswerTranslation {
  if (!streaming) return calledWhole(tools, id, changed);
  return new CalledStream(tools, id, changed);
}

function calledWhole(tools: ReadonlySet<string>, id: string, changed: () => void): AnswerTranslation {
  return wholeAnswer((text) => {
    const answer = parsed(text);
    const choice = listIn(answer, "choices")[0];
    const message = choice?.message;
    if (choice === undefined || !isObject(message) || typeof message.content !== "string") return text;
    const calls = listIn(message, "tool_calls").length > 0 ? null : callsIn(message.content, tools, id);
    if (calls === null) return text;
    Object.assign(message, { content: null, tool_calls: calls });
    choice.finish_reason = "tool_calls";
    changed();
    return JSON.stringify(answer);
  });
}

class CalledStream extends EventAnswer {
  readonly #tools: ReadonlySet<string>;
  readonly #id: string;
  readonly #changed: () => void;
  /** Text that may be a call; null once that is decided. */
  #held: string | null = "";
  #chunk: JsonObject = {};

  constructor(tools: ReadonlySet<string>, id: string, changed: () => void) {
    super();
    this.#tools = tools;
    this.#id = id;
    this.#changed = changed;
  }

  protected override take(data: string): void {
    const chunk = this.#held === null ? null : parsed(data);
    const choice = listIn(chunk, "choices")[0];
    if (!isObject(chunk) || choice === undefined) {
      if (data === "[DONE]") this.release();
      this.say(data);
      return;
    }
    this.#chunk = chunk;
    const delta = isObject(choice.delta) ? choice.delta : {};
    const text = typeof delta.content === "string" ? delta.content : "";
    this.#held += text;
    const isOver = typeof choice.finish_reason === "string";
    if (listIn(delta, "tool_calls").length > 0 || !mayBeCalls(this.#held ?? "")) {
      delta.content = text === "" ? delta.content : "";
      this.release();
    } else if (isOver) this.#decide(choice);
    if (text !== "") delta.content = "";
    this.say(text === "" && !isOver ? data : JSON.stringify(chunk));
  }

  #decide(choice: JsonObject): void {
    const calls = callsIn(this.#held ?? "", this.#tools, this.#id);
    if (calls === null) {
      this.release();
      return;
    }
    this.#held = null;
    this.sayDelta(this.#chunk, 0, { tool_calls: calls });
    choice.finish_reason = "tool_calls";
    this.#changed();
  }

  protected override release(): void {
    if (this.#held) this.sayDelta(this.#chunk, 0, { content: this.#held });
    this.#held = null;
  }
}

function mayBeCalls(text: string): boolean {
  const start = text.trimStart();
  return openings.some((one) => start.startsWith(one) || one.startsWith(start));
}
