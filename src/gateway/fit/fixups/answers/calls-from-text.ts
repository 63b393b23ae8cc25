/** Calls that the engine's parser left in the text become calls, in answers of the chat route. */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import type { WrittenCall } from "./call-formats/format.ts";
import { CallText, type Piece } from "./call-text.ts";
import { EventAnswer, wholeAnswer } from "./event-answer.ts";

export const callsFromText = {
  name: "calls-from-text" as const,
  about:
    "For models whose calls the engine's parser misses: a call that the model wrote into its text, in the form that it has learnt (`<tool_call>`, `<function=...>`, `<invoke name=...>`, Python, the tokens of DeepSeek, Mistral, Gemma, Kimi and gpt-oss), becomes a call where that is certain: the whole element, a tool of the request, input that suits its schema. Anything else stays text. In a stream only what may still become a call is held. Answers of engines that speak Messages or Responses themselves are corrected likewise.",
  example: {
    before: {
      role: "assistant",
      content: "<function=read>\n<parameter=path>\na.txt\n</parameter>\n</function>\n</tool_call>",
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

/** By name: the schemas of what the request's tools take. */
export function toolSchemas(tools: unknown): ReadonlyMap<string, JsonObject> {
  return new Map(
    listIn({ tools }, "tools").flatMap(({ function: tool }): [string, JsonObject][] =>
      isObject(tool) && typeof tool.name === "string"
        ? [[tool.name, isObject(tool.parameters) ? tool.parameters : {}]]
        : [],
    ),
  );
}

/** `id`: begins those of the calls. `changed` is called once for every answer that was corrected. */
export function calledAnswer(
  streaming: boolean,
  tools: ReadonlyMap<string, JsonObject>,
  id: string,
  changed: () => void,
): AnswerTranslation {
  return streaming ? new CalledStream(tools, id, changed) : calledWhole(tools, id, changed);
}

function calledWhole(tools: ReadonlyMap<string, JsonObject>, id: string, changed: () => void): AnswerTranslation {
  return wholeAnswer((text) => {
    const answer = parsed(text);
    const changes = listIn(answer, "choices").map((choice) => calledMessage(choice, tools, id));
    if (!changes.includes(true)) return text;
    changed();
    return JSON.stringify(answer);
  });
}

/** True where the choice was changed. */
function calledMessage(choice: JsonObject, tools: ReadonlyMap<string, JsonObject>, id: string): boolean {
  const { message } = choice;
  if (!isObject(message) || typeof message.content !== "string") return false;
  if (listIn(message, "tool_calls").length > 0) return false;
  const text = new CallText(tools);
  const pieces = [...text.push(message.content), ...text.end()];
  const calls = pieces.flatMap((piece) => ("call" in piece ? [piece.call] : []));
  if (calls.length === 0) return false;
  const words = pieces.map((piece) => ("words" in piece ? piece.words : "")).join("");
  message.content = words.trim() === "" ? null : words;
  message.tool_calls = calls.map((call, index) => asCall(call, index, id));
  choice.finish_reason = "tool_calls";
  return true;
}

function asCall({ name, input }: WrittenCall, index: number, id: string): JsonObject {
  return { index, id: `${id}_${index}`, type: "function", function: { name, arguments: JSON.stringify(input) } };
}

class CalledStream extends EventAnswer {
  readonly #id: string;
  readonly #changed: () => void;
  /** Null once the engine has understood a call itself. */
  #text: CallText | null;
  #calls = 0;
  #chunk: JsonObject = {};

  constructor(tools: ReadonlyMap<string, JsonObject>, id: string, changed: () => void) {
    super();
    this.#text = new CallText(tools);
    this.#id = id;
    this.#changed = changed;
  }

  protected override take(data: string): void {
    const chunk = this.#text === null ? null : parsed(data);
    const choice = listIn(chunk, "choices")[0];
    if (!isObject(chunk) || choice === undefined || (choice.index ?? 0) !== 0) {
      if (data.trim() === "[DONE]") this.release();
      this.say(data);
      return;
    }
    this.#chunk = chunk;
    const delta = isObject(choice.delta) ? choice.delta : {};
    const content = typeof delta.content === "string" ? delta.content : "";
    const pieces = this.#piecesOf(delta, content, typeof choice.finish_reason === "string");
    const unchanged = pieces.length === 0 ? content === "" : pieces.length === 1 && isWords(pieces[0]!, content);
    if (unchanged && this.#calls === 0) {
      this.say(data);
      return;
    }
    this.#tell(pieces);
    if (content !== "") delta.content = "";
    if (this.#calls > 0 && choice.finish_reason === "stop") choice.finish_reason = "tool_calls";
    this.say(JSON.stringify(chunk));
  }

  #piecesOf(delta: JsonObject, content: string, isOver: boolean): Piece[] {
    const text = this.#text!;
    const pieces = text.push(content);
    if (listIn(delta, "tool_calls").length > 0) {
      const words = text.release();
      this.#text = null;
      return words === "" ? pieces : [...pieces, { words }];
    }
    return isOver ? [...pieces, ...text.end()] : pieces;
  }

  #tell(pieces: Piece[]): void {
    for (const piece of pieces) {
      if ("words" in piece) {
        this.sayDelta(this.#chunk, 0, { content: piece.words });
        continue;
      }
      if (this.#calls === 0) this.#changed();
      this.sayDelta(this.#chunk, 0, { tool_calls: [asCall(piece.call, this.#calls++, this.#id)] });
    }
  }

  protected override release(): void {
    this.#tell(this.#text?.end() ?? []);
  }
}

function isWords(piece: Piece, content: string): boolean {
  return "words" in piece && piece.words === content;
}
