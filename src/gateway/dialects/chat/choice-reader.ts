/** One choice of a chat answer, piece by piece or at once, as events in an order that every API can tell. */
import type { JsonObject } from "../../../domain/json-object.ts";
import type { CallContext } from "./call-context.ts";
import type { ChatEvent } from "./events.ts";
import { InOrder } from "./in-order.ts";
import { type Finish, fields, finishOf, list, textEvents, wordEvents } from "./read-message.ts";
import { ToolCalls } from "./tool-calls.ts";

export class ChoiceReader {
  readonly #calls: ToolCalls;
  readonly #order = new InOrder();
  #finished = false;

  constructor(context: CallContext) {
    this.#calls = new ToolCalls(context);
  }

  /** The engine has said how the answer ends, so all of it came. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Of a choice, `message` or `delta`. What follows the ending is none of the answer's. */
  read(choice: JsonObject, said: unknown): ChatEvent[] {
    if (this.#finished) return [];
    const message = fields(said);
    const calls = this.#calls.take(list(message.tool_calls)).flat();
    const events = [...wordEvents(message, choice), ...textEvents(choice), ...calls];
    const finish = finishOf(choice);
    return [...this.#order.push(events), ...(finish === null ? [] : this.#finish(finish))];
  }

  /** Where the engine has not said how the answer ends, it ends as it would have. */
  end(): ChatEvent[] {
    return this.#finished ? [] : this.#finish({ kind: "finish", reason: "stop", stop: null });
  }

  #finish(finish: Finish): ChatEvent[] {
    this.#finished = true;
    const rest = this.#order.push(this.#calls.end(finish.reason === "length"));
    return [...rest, { ...finish, reason: reasonOf(finish.reason, this.#calls.count > 0) }];
  }
}

/** An engine that was told which tool to call says `stop` all the same; one that lost its call says `tool_calls`. */
export function reasonOf(reason: string, called: boolean): string {
  if (reason === "length" || reason === "content_filter") return reason;
  if (called) return "tool_calls";
  return reason === "tool_calls" || reason === "function_call" ? "stop" : reason;
}
