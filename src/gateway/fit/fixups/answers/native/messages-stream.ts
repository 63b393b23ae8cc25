/**
 * The stream of an engine that speaks Anthropic's Messages: calls within its text become blocks, each call has an id of
 * its own, and blocks are counted on.
 */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { CallArguments } from "../../../../dialects/chat/call-arguments.ts";
import type { WrittenCall } from "../call-formats/format.ts";
import type { CallText } from "../call-text.ts";
import { stopReason } from "./messages-whole.ts";
import { type NativeCorrections, wordsAndCalls } from "./native-corrections.ts";
import { NativeStream } from "./native-stream.ts";

interface Block {
  /** The event that opens it, as long as the client is not told of it. */
  start: JsonObject | null;
  /** For the client. */
  index: number | null;
  /** Of text. */
  reader: CallText | null;
  written: WrittenCall[];
  /** Of a call. */
  given: CallArguments | null;
}

export class CorrectedMessages extends NativeStream {
  readonly #corrections: NativeCorrections;
  /** By the engine's index, which some engines give twice: then the latest is meant. */
  readonly #blocks = new Map<unknown, Block>();
  #next = 0;

  constructor(corrections: NativeCorrections) {
    super();
    this.#corrections = corrections;
  }

  protected override take(event: JsonObject): JsonObject[] {
    if (event.type === "content_block_start") return this.#start(event);
    if (event.type === "message_delta") return [...this.release(), this.#ending(event)];
    const block = this.#blocks.get(event.index);
    if (block === undefined) return [event];
    if (event.type === "content_block_delta") return this.#delta(block, event);
    return event.type === "content_block_stop" ? this.#stop(block, event) : [event];
  }

  protected override release(): JsonObject[] {
    return [...this.#blocks.values()].flatMap((block) => this.#rest(block));
  }

  #start(event: JsonObject): JsonObject[] {
    const content = isObject(event.content_block) ? event.content_block : {};
    const isEmptyText = content.type === "text" && (content.text ?? "") === "";
    const block: Block = {
      start: event,
      index: null,
      reader: isEmptyText ? this.#corrections.reader() : null,
      written: [],
      given: content.type === "tool_use" ? new CallArguments() : null,
    };
    this.#blocks.set(event.index, block);
    if (block.reader !== null) return [];
    return block.given === null ? this.#open(block) : this.#ownCall(block, block.given, event, content);
  }

  /** Clients look for an id that no other call has, and for an object. */
  #ownCall(block: Block, arguments_: CallArguments, event: JsonObject, content: JsonObject): JsonObject[] {
    const id = this.#corrections.ownId(content.id);
    const input = isObject(content.input) ? content.input : {};
    if (id !== content.id || input !== content.input) {
      this.#corrections.mended();
      block.start = { ...event, content_block: { ...content, id, input } };
    }
    const given = typeof content.input === "string" ? arguments_.take(content.input) : "";
    return [...this.#open(block), ...pieces(block, "input_json_delta", "partial_json", given)];
  }

  #delta(block: Block, event: JsonObject): JsonObject[] {
    const delta = isObject(event.delta) ? event.delta : {};
    if (block.given !== null && delta.type === "input_json_delta")
      return this.#arguments(block, block.given, event, delta);
    if (block.reader === null || delta.type !== "text_delta" || typeof delta.text !== "string") {
      return [...this.#open(block), placed(block, event)];
    }
    const { words, calls } = wordsAndCalls(block.reader.push(delta.text));
    block.written.push(...calls);
    if (words === "") return [];
    const opening = this.#open(block);
    return [...opening, placed(block, words === delta.text ? event : { ...event, delta: { ...delta, text: words } })];
  }

  #arguments(block: Block, arguments_: CallArguments, event: JsonObject, delta: JsonObject): JsonObject[] {
    const given = arguments_.take(delta.partial_json);
    if (given === delta.partial_json) return [placed(block, event)];
    this.#corrections.mended();
    return given === "" ? [] : [placed(block, { ...event, delta: { ...delta, partial_json: given } })];
  }

  #stop(block: Block, event: JsonObject): JsonObject[] {
    this.#blocks.delete(event.index);
    const rest = this.#rest(block);
    // A text that was nothing but calls is not told of.
    const isGone = block.start !== null && block.written.length > 0;
    const end = isGone ? [] : [...this.#open(block), placed(block, event)];
    return [...rest, ...end, ...block.written.flatMap((call) => this.#written(call))];
  }

  #ending(event: JsonObject): JsonObject {
    const delta = isObject(event.delta) ? event.delta : {};
    const reason = stopReason(delta.stop_reason, this.#corrections.calls > 0);
    if (reason === delta.stop_reason) return event;
    if (!this.#corrections.changed) this.#corrections.mended();
    return { ...event, delta: { ...delta, stop_reason: reason } };
  }

  /** What is still held of it: words that became no call, arguments that are no object. */
  #rest(block: Block): JsonObject[] {
    if (block.reader === null) {
      return pieces(block, "input_json_delta", "partial_json", block.given?.begun ? block.given.close(false) : "");
    }
    const { words, calls } = wordsAndCalls(block.reader.end());
    block.written.push(...calls);
    return words === "" ? [] : [...this.#open(block), ...pieces(block, "text_delta", "text", words)];
  }

  #written(call: WrittenCall): JsonObject[] {
    const { id, name, input } = this.#corrections.written(call);
    const index = this.#next++;
    return [
      { type: "content_block_start", index, content_block: { type: "tool_use", id, name, input: {} } },
      { type: "content_block_delta", index, delta: { type: "input_json_delta", partial_json: JSON.stringify(input) } },
      { type: "content_block_stop", index },
    ];
  }

  /** Nothing where the client has been told of it. */
  #open(block: Block): JsonObject[] {
    const { start } = block;
    if (start === null) return [];
    block.start = null;
    block.index = this.#next++;
    return [placed(block, start)];
  }
}

function placed({ index }: Block, event: JsonObject): JsonObject {
  return event.index === index ? event : { ...event, index };
}

function pieces({ index }: Block, type: string, name: string, said: string): JsonObject[] {
  return said === "" ? [] : [{ type: "content_block_delta", index, delta: { type, [name]: said } }];
}
