/**
 * Tool calls on their way from an engine's chat to a chat's client. Clients tell calls apart by their index alone, want
 * an id that is a string, and glue together what comes twice. Where the engine keeps to that, its bytes pass as they
 * came: nothing is parsed before the first call, and nothing is changed by it.
 */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { CallContext } from "../../../dialects/chat/call-context.ts";
import { callDeltas, isPlain } from "../../../dialects/chat/call-deltas.ts";
import { reasonOf } from "../../../dialects/chat/choice-reader.ts";
import { ToolCalls } from "../../../dialects/chat/tool-calls.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import { mendedWhole } from "./mend-whole-calls.ts";
import { dataOf, eventsOf, WholeEvents } from "./whole-events.ts";

export const mendCalls = {
  name: "mend-calls",
  about:
    "For every model: a call's pieces are told apart by index and id together, so that each call has an index and an id of its own, its name once, JSON for arguments, and the answer ends with `tool_calls`; likewise in Anthropic's messages and OpenAI's responses of engines that speak these themselves. What is right already passes byte for byte.",
  example: {
    before: { tool_calls: [{ index: 0, id: null, function: { name: "read", arguments: { path: "a.txt" } } }] },
    after: {
      tool_calls: [
        { index: 0, id: "call_0", type: "function", function: { name: "read", arguments: '{"path":"a.txt"}' } },
      ],
    },
  },
};

/** What every piece of a call, and an answer that ends with calls, has in it. */
const mark = "tool_calls";

/** `context` is asked for at the first call. `changed` is called once for an answer that was mended. */
export function mendedAnswer(streaming: boolean, context: () => CallContext, changed: () => void): AnswerTranslation {
  return streaming ? new MendedStream(context, changed) : mendedWhole(mark, context, changed);
}

interface Choice {
  calls: ToolCalls;
  finished: boolean;
  /** Of the engine's last chunk for it, for events of our own. */
  head: JsonObject;
}

class MendedStream implements AnswerTranslation {
  readonly contentType = null;
  readonly #context: () => CallContext;
  readonly #changed: () => void;
  readonly #events = new WholeEvents();
  readonly #choices = new Map<unknown, Choice>();
  #mended = false;

  constructor(context: () => CallContext, changed: () => void) {
    this.#context = context;
    this.#changed = changed;
  }

  // The relay calls both without their object.
  readonly push = (chunk: Buffer): Buffer | string => this.#told(this.#events.push(chunk));

  readonly end = (): Buffer | string => this.#told(this.#events.rest());

  #told(bytes: Buffer): Buffer | string {
    if (this.#choices.size === 0 && !bytes.includes(mark)) return bytes;
    const events = eventsOf(bytes);
    const told = events.map((event) => this.#event(event));
    return told.every((text, at) => text === events[at]) ? bytes : told.join("");
  }

  #event(event: string): string {
    if (this.#choices.size === 0 && !event.includes(mark)) return event;
    const data = dataOf(event);
    if (data.trim() === "[DONE]") return this.#endings() + event;
    const chunk = parsed(data);
    if (!isObject(chunk)) return event;
    const before: string[] = [];
    const changes = listIn(chunk, "choices").map((choice) => this.#choice(chunk, choice, before));
    return changes.includes(true) ? before.join("") + eventOf(chunk) : event;
  }

  /** True where the choice was changed. `before`: events to be said before it. */
  #choice(chunk: JsonObject, choice: JsonObject, before: string[]): boolean {
    const key = choice.index ?? 0;
    const { choices: _, usage: __, ...head } = chunk;
    let known = this.#choices.get(key);
    if (known === undefined) {
      known = { calls: new ToolCalls(this.#context()), finished: false, head };
      this.#choices.set(key, known);
    }
    known.head = head;
    const piecesChanged = this.#pieces(choice, known.calls);
    const reason = choice.finish_reason;
    if (typeof reason !== "string" || reason === "" || known.finished) return piecesChanged;
    known.finished = true;
    const rest = callDeltas(known.calls.end(reason === "length"));
    if (rest.length > 0) {
      const { delta, finish_reason: ___, ...own } = choice;
      // What the last piece says comes before what is added to it.
      before.push(eventOf({ ...head, choices: [{ ...own, delta, finish_reason: null }] }));
      before.push(eventOf({ ...head, choices: [{ index: key, delta: { tool_calls: rest }, finish_reason: null }] }));
      choice.delta = {};
    }
    choice.finish_reason = reasonOf(reason, known.calls.count > 0);
    const changed = rest.length > 0 || choice.finish_reason !== reason;
    if (changed) this.#note();
    return piecesChanged || changed;
  }

  #pieces({ delta }: JsonObject, calls: ToolCalls): boolean {
    const pieces = listIn(delta, mark);
    if (pieces.length === 0 || !isObject(delta)) return false;
    const said = calls.take(pieces).map(callDeltas);
    if (said.every((deltas, at) => isPlain(pieces[at]!, deltas, calls.count))) return false;
    delta.tool_calls = said.flat();
    this.#note();
    return true;
  }

  /** Of choices with calls of which the engine did not say how they end. */
  #endings(): string {
    const endings = [...this.#choices].map(([index, { calls, finished, head }]) => {
      const rest = finished ? [] : callDeltas(calls.end(false));
      if (finished || calls.count === 0) return "";
      const delta = rest.length === 0 ? {} : { tool_calls: rest };
      return eventOf({ ...head, choices: [{ index, delta, finish_reason: "tool_calls" }] });
    });
    const said = endings.join("");
    if (said !== "") this.#note();
    return said;
  }

  #note(): void {
    if (!this.#mended) this.#changed();
    this.#mended = true;
  }
}

function eventOf(chunk: JsonObject): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
