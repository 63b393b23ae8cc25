/** A streamed chat answer as Ollama's lines of JSON. */
import { type ChatEvent, noUsage } from "../chat/events.ts";
import type { AnswerWriter } from "../chat/translate-answer.ts";
import type { About, Clock } from "../translation.ts";
import { ending, line, logprobsOf, type Said, type Shape, toolCalls } from "./answer-line.ts";

export class AnswerStream implements AnswerWriter {
  readonly contentType = "application/x-ndjson";
  readonly #shape: Shape;
  readonly #about: About;
  readonly #clock: Clock;
  #firstWordAt: number | null = null;
  /** Calls go out whole: Ollama has no pieces of them. */
  #calls: ChatEvent[] = [];
  #reason = "stop";
  #usage = noUsage;

  constructor(shape: Shape, about: About, clock: Clock) {
    this.#shape = shape;
    this.#about = about;
    this.#clock = clock;
  }

  write(said: ChatEvent): string {
    if (said.kind !== "usage" && !(said.kind === "reasoning" && said.ofWait)) this.#firstWordAt ??= this.#clock.now();
    switch (said.kind) {
      case "reasoning":
        return this.#line({ text: "", thinking: said.text });
      case "text":
        return this.#line({ text: said.text }, { ...logprobsOf([said]), done: false });
      case "call":
      case "arguments":
        this.#calls.push(said);
        return "";
      case "finish":
        this.#reason = said.reason;
        return "";
      case "usage":
        this.#usage = said.usage;
        return "";
    }
  }

  end(): string {
    const calls = toolCalls(this.#calls);
    const last = ending(this.#reason, this.#usage, this.#clock, this.#firstWordAt);
    const called = calls.length === 0 ? "" : this.#line({ text: "", calls });
    return called + this.#line({ text: "" }, last);
  }

  #line(said: Said, fields: Record<string, unknown> = { done: false }): string {
    return `${JSON.stringify(line(this.#about, this.#clock.now(), { ...this.#shape(said), ...fields }))}\n`;
  }
}
