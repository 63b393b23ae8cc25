/** A streamed chat answer as Anthropic's events. */
import { type ChatEvent, noUsage, type Usage } from "../chat/events.ts";
import type { AnswerWriter } from "../chat/translate-answer.ts";
import type { About } from "../translation.ts";
import { event } from "./event.ts";
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

type BlockType = "thinking" | "text" | "tool_use";

export class MessageStream implements AnswerWriter {
  readonly contentType = "text/event-stream; charset=utf-8";
  readonly #about: About;
  readonly #thinking: boolean;
  readonly #estimate: () => number;
  #begun = false;
  /** The block that is open, and how many there were before it. */
  #block: BlockType | null = null;
  #index = -1;
  #called = false;
  #finish = { reason: "stop", stop: null as string | null };
  #usage: Usage | null = null;

  /** `thinking`: the client reads thinking blocks. `estimate`: of the prompt's tokens, for a client that is told of them first. */
  constructor(about: About, thinking: boolean, estimate: () => number) {
    this.#about = about;
    this.#thinking = thinking;
    this.#estimate = estimate;
  }

  write(said: ChatEvent): string {
    switch (said.kind) {
      case "reasoning":
        return this.#thinking || said.ofWait
          ? this.#delta("thinking", { type: "thinking_delta", thinking: said.text })
          : "";
      case "text":
        return this.#delta("text", { type: "text_delta", text: said.text });
      case "call":
        this.#called = true;
        return this.#open("tool_use", { type: "tool_use", id: said.id, name: said.name, input: {} });
      case "arguments":
        return this.#piece({ type: "input_json_delta", partial_json: said.text });
      case "finish":
        this.#finish = said;
        return "";
      case "usage":
        this.#usage = said.usage;
        return "";
    }
  }

  end(): string {
    const { reason, stop } = this.#finish;
    const delta = endingOf(reason, stop, this.#called);
    return [
      this.#begin(),
      this.#close(),
      event("message_delta", { delta, usage: usageOf(this.#usage ?? noUsage) }),
      event("message_stop", {}),
    ].join("");
  }

  #begin(): string {
    if (this.#begun) return "";
    this.#begun = true;
    const { id, model } = this.#about;
    const head = { id: `msg_${id}`, type: "message", role: "assistant", model, content: [] };
    // Most engines count only at the end.
    const usage = this.#usage ?? { ...noUsage, prompt: this.#estimate() };
    return event("message_start", {
      message: { ...head, stop_reason: null, stop_sequence: null, usage: usageOf(usage) },
    });
  }

  #delta(type: "thinking" | "text", delta: Record<string, unknown>): string {
    const block = type === "text" ? { type, text: "" } : { type, thinking: "", signature: "" };
    return (this.#block === type ? "" : this.#open(type, block)) + this.#piece(delta);
  }

  #piece(delta: Record<string, unknown>): string {
    return event("content_block_delta", { index: this.#index, delta });
  }

  #open(block: BlockType, content_block: Record<string, unknown>): string {
    const before = this.#begin() + this.#close();
    this.#block = block;
    this.#index += 1;
    return before + event("content_block_start", { index: this.#index, content_block });
  }

  #close(): string {
    if (this.#block === null) return "";
    // Clients take a thinking block without a signature for broken.
    const signature = this.#block === "thinking" ? this.#piece({ type: "signature_delta", signature: "" }) : "";
    this.#block = null;
    return signature + event("content_block_stop", { index: this.#index });
  }
}
