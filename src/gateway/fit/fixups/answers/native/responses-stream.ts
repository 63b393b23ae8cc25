/**
 * The stream of an engine that speaks OpenAI's Responses: calls within its text become items, each call has an id of its
 * own, and places and numbers count on.
 */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { listIn } from "../answer-json.ts";
import type { ItemCorrection } from "./item-correction.ts";
import { MessageText } from "./message-text.ts";
import type { NativeCorrections } from "./native-corrections.ts";
import { NativeStream } from "./native-stream.ts";
import { OwnCallItem } from "./own-call-item.ts";
import { callItem, isCall } from "./responses-whole.ts";

interface Item {
  /** For the client; null as long as it is not told of. */
  index: number | null;
  /** Null where it passes as it is. */
  correction: ItemCorrection | null;
}

const lastEvents = new Set(["response.completed", "response.incomplete", "response.failed"]);

export class CorrectedResponses extends NativeStream {
  readonly #corrections: NativeCorrections;
  /** By the engine's place. */
  readonly #items = new Map<unknown, Item>();
  /** As the client was told of them. */
  readonly #output: JsonObject[] = [];
  #next = 0;
  /** Null before the first event, and where the engine counts none. */
  #sequence: number | null = null;

  constructor(corrections: NativeCorrections) {
    super();
    this.#corrections = corrections;
  }

  protected override take(event: JsonObject): JsonObject[] {
    if (typeof event.sequence_number === "number") this.#sequence ??= event.sequence_number;
    if (lastEvents.has(String(event.type))) return [...this.release(), this.#counted(this.#last(event))];
    if (event.type === "response.output_item.added") this.#items.set(event.output_index, this.#itemOf(event));
    const item = this.#items.get(event.output_index);
    if (item === undefined) return [this.#counted(event)];
    const told = (item.correction?.take(event) ?? [event]).map((one) => this.#placed(item, one));
    return event.type === "response.output_item.done" ? [...told, ...this.#written(item)] : told;
  }

  protected override release(): JsonObject[] {
    return [...this.#items.values()].flatMap((item) => {
      const rest = (item.correction?.rest() ?? []).map((event) => this.#placed(item, event));
      return [...rest, ...this.#written(item)];
    });
  }

  #itemOf({ item }: JsonObject): Item {
    const begun = isObject(item) ? item : {};
    if (isCall(begun)) return { index: null, correction: new OwnCallItem(this.#corrections) };
    const reads = begun.type === "message" && this.#corrections.reader() !== null;
    return { index: null, correction: reads ? new MessageText(this.#corrections) : null };
  }

  #placed(item: Item, event: JsonObject): JsonObject {
    item.index ??= this.#next++;
    if (event.type === "response.output_item.done" && isObject(event.item)) this.#output.push(event.item);
    return this.#counted(event.output_index === item.index ? event : { ...event, output_index: item.index });
  }

  /** Calls of an item's text, which is over. */
  #written(item: Item): JsonObject[] {
    return (item.correction?.writtenCalls() ?? []).flatMap((call) =>
      this.#call(callItem(this.#corrections.written(call))),
    );
  }

  #call(item: JsonObject): JsonObject[] {
    const output_index = this.#next++;
    const { id: item_id, name, arguments: text } = item;
    this.#output.push(item);
    return [
      { type: "response.output_item.added", output_index, item: { ...item, arguments: "", status: "in_progress" } },
      { type: "response.function_call_arguments.delta", output_index, item_id, delta: text },
      { type: "response.function_call_arguments.done", output_index, item_id, name, arguments: text },
      { type: "response.output_item.done", output_index, item },
    ].map((event) => this.#counted(event));
  }

  /** The whole response has the items of which the client was told. */
  #last(event: JsonObject): JsonObject {
    const { response } = event;
    const isOwn = !this.#corrections.changed || !isObject(response) || listIn(response, "output").length === 0;
    return isOwn ? event : { ...event, response: { ...response, output: this.#output } };
  }

  #counted(event: JsonObject): JsonObject {
    const sequence_number = this.#sequence;
    if (sequence_number === null) return event;
    this.#sequence = sequence_number + 1;
    return event.sequence_number === sequence_number ? event : { ...event, sequence_number };
  }
}
