import type { JsonObject } from "../../../../../domain/json-object.ts";
import type { WrittenCall } from "../call-formats/format.ts";

/** What corrects the events of one item in a stream of Responses. */
export interface ItemCorrection {
  /** The events to be said for it: itself where nothing is to be changed. */
  take(event: JsonObject): JsonObject[];
  /** What is still held, where its end never came. */
  rest(): JsonObject[];
  /** Calls that its text had, each once; they follow the item. */
  writtenCalls(): WrittenCall[];
}
