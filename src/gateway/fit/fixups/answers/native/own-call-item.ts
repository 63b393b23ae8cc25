/** A call that the engine has understood, in its stream of Responses: an id of its own, and text for arguments. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { CallArguments } from "../../../../dialects/chat/call-arguments.ts";
import type { ItemCorrection } from "./item-correction.ts";
import type { NativeCorrections } from "./native-corrections.ts";
import { argumentsText } from "./responses-whole.ts";

export class OwnCallItem implements ItemCorrection {
  readonly #corrections: NativeCorrections;
  readonly #given = new CallArguments();
  #id: string | null = null;

  constructor(corrections: NativeCorrections) {
    this.#corrections = corrections;
  }

  take(event: JsonObject): JsonObject[] {
    switch (event.type) {
      case "response.output_item.added":
      case "response.output_item.done":
        return [this.#item(event)];
      case "response.function_call_arguments.delta":
        return this.#delta(event);
      case "response.function_call_arguments.done":
        return this.#done(event);
      default:
        return [event];
    }
  }

  /** Nobody can say where they belong any more. */
  rest(): JsonObject[] {
    return [];
  }

  writtenCalls(): [] {
    return [];
  }

  #item(event: JsonObject): JsonObject {
    const item = isObject(event.item) ? event.item : {};
    this.#id ??= this.#corrections.ownId(item.call_id);
    const isBegun = event.type === "response.output_item.added" && (item.arguments ?? "") === "";
    const given = isBegun ? "" : argumentsText(item.arguments);
    if (item.call_id === this.#id && item.arguments === given) return event;
    this.#corrections.mended();
    return { ...event, item: { ...item, call_id: this.#id, arguments: given } };
  }

  #delta(event: JsonObject): JsonObject[] {
    const delta = this.#given.take(event.delta);
    if (delta === event.delta) return [event];
    this.#corrections.mended();
    return delta === "" ? [] : [{ ...event, delta }];
  }

  #done(event: JsonObject): JsonObject[] {
    const { item_id, output_index } = event;
    const delta = this.#given.begun ? this.#given.close(false) : "";
    const rest = delta === "" ? [] : [{ type: "response.function_call_arguments.delta", item_id, output_index, delta }];
    const given = argumentsText(event.arguments);
    return [...rest, given === event.arguments ? event : { ...event, arguments: given }];
  }
}
