/** A chat answer as the events of a response. The last one holds the whole response. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { type ChatEvent, noUsage } from "../chat/events.ts";
import type { AnswerWriter } from "../chat/translate-answer.ts";
import type { About, Clock } from "../translation.ts";
import { customInput } from "./custom-tool.ts";
import {
  type ItemKind,
  type ItemStatus,
  idPrefix,
  itemObject,
  type OpenItem,
  partObject,
  type WordsKind,
  wordsEvent,
} from "./item.ts";
import type { ResponsesRequest } from "./request.ts";
import { type ResponseState, responseObject } from "./response-object.ts";
import type { CallForm } from "./tools.ts";

export class ResponseStream implements AnswerWriter {
  readonly contentType = "text/event-stream; charset=utf-8";
  readonly #request: ResponsesRequest;
  readonly #forms: ReadonlyMap<string, CallForm>;
  readonly #about: About;
  readonly #clock: Clock;
  readonly #output: object[] = [];
  #sequence = 0;
  #begun = false;
  #item: OpenItem | null = null;
  #reason = "stop";
  #usage = noUsage;

  /** `forms`: how calls go back to the client, by the names that the engine knows. */
  constructor(request: ResponsesRequest, forms: ReadonlyMap<string, CallForm>, about: About, clock: Clock) {
    this.#request = request;
    this.#forms = forms;
    this.#about = about;
    this.#clock = clock;
  }

  write(said: ChatEvent): string {
    switch (said.kind) {
      case "reasoning":
        return this.#words("reasoning", said.text, []);
      case "text":
        return this.#words(said.refusal ? "refusal" : "message", said.text, said.logprobs ?? []);
      case "call":
        return this.#call(said.id, said.name);
      case "arguments":
        return this.#arguments(said.text);
      case "finish":
        this.#reason = said.reason;
        return "";
      case "usage":
        this.#usage = said.usage;
        return "";
    }
  }

  end(): string {
    const { status } = this.#ending();
    const before = this.#begin() + this.#close(status);
    return before + this.#event(`response.${status}`, { response: this.response() });
  }

  /** The whole response, once `end` was called. */
  response(): Record<string, unknown> {
    const ending = this.#ending();
    const completedAt = ending.status === "completed" ? this.#clock.now() : null;
    return this.#object({ ...ending, output: this.#output, usage: this.#usage, completedAt });
  }

  #ending(): { status: "completed" | "incomplete"; reason: ResponseState["reason"] } {
    if (this.#reason === "length") return { status: "incomplete", reason: "max_output_tokens" };
    if (this.#reason === "content_filter") return { status: "incomplete", reason: "content_filter" };
    return { status: "completed", reason: null };
  }

  #begin(): string {
    if (this.#begun) return "";
    this.#begun = true;
    const response = this.#object({
      status: "in_progress",
      reason: null,
      output: [],
      usage: null,
      completedAt: null,
    });
    return this.#event("response.created", { response }) + this.#event("response.in_progress", { response });
  }

  #words(kind: WordsKind, delta: string, logprobs: JsonObject[]): string {
    let opening = "";
    if (this.#item?.kind !== kind) {
      opening = this.#open(kind);
      opening += this.#event("response.content_part.added", { ...this.#part(), part: partObject(this.#item!) });
    }
    this.#item!.text += delta;
    this.#item!.logprobs.push(...logprobs);
    const tokens = kind === "message" ? { logprobs } : {};
    return opening + this.#event(`response.${wordsEvent[kind]}.delta`, { ...this.#part(), delta, ...tokens });
  }

  #call(id: string, called: string): string {
    const { type, name, namespace } = this.#forms.get(called) ?? functionCall(called);
    return this.#open(type, { id, name, namespace });
  }

  #arguments(delta: string): string {
    const item = this.#item!;
    item.text += delta;
    // What is no function's is known once its arguments are whole.
    if (item.kind !== "function_call") return "";
    return this.#event("response.function_call_arguments.delta", { ...this.#place(), delta });
  }

  #open(kind: ItemKind, call?: NonNullable<OpenItem["call"]>): string {
    const before = this.#begin() + this.#close("completed");
    const id = `${idPrefix[kind]}_${this.#about.id}_${this.#output.length}`;
    this.#item = { kind, id, text: "", logprobs: [], ...(call === undefined ? {} : { call }) };
    const item = itemObject(this.#item, "in_progress");
    return before + this.#event("response.output_item.added", { output_index: this.#output.length, item });
  }

  #close(status: ItemStatus): string {
    if (this.#item === null) return "";
    const item = itemObject(this.#item, status);
    const done =
      this.#done(this.#item) + this.#event("response.output_item.done", { output_index: this.#output.length, item });
    this.#output.push(item);
    this.#item = null;
    return done;
  }

  /** The events before the item's own end. */
  #done(item: OpenItem): string {
    const { kind, text, logprobs, call } = item;
    switch (kind) {
      case "reasoning":
      case "message":
      case "refusal": {
        const whole = kind === "refusal" ? { refusal: text } : { text };
        const tokens = kind === "message" ? { logprobs } : {};
        const said = this.#event(`response.${wordsEvent[kind]}.done`, { ...this.#part(), ...whole, ...tokens });
        return said + this.#event("response.content_part.done", { ...this.#part(), part: partObject(item) });
      }
      case "function_call":
        return this.#event("response.function_call_arguments.done", {
          ...this.#place(),
          name: call?.name,
          arguments: text,
        });
      case "custom_tool_call": {
        const input = customInput(text);
        const whole = this.#event("response.custom_tool_call_input.delta", { ...this.#place(), delta: input });
        return whole + this.#event("response.custom_tool_call_input.done", { ...this.#place(), input });
      }
      default:
        return "";
    }
  }

  #place(): Record<string, unknown> {
    return { item_id: this.#item!.id, output_index: this.#output.length };
  }

  #part(): Record<string, unknown> {
    return { ...this.#place(), content_index: 0 };
  }

  #object(state: ResponseState): Record<string, unknown> {
    return responseObject(this.#request, this.#about, this.#clock.receivedAt, state);
  }

  #event(type: string, fields: Record<string, unknown>): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.#sequence++, ...fields })}\n\n`;
  }
}

/** The model called what was not offered, and the client is to say so. */
function functionCall(name: string): CallForm {
  return { type: "function_call", name, namespace: null };
}
