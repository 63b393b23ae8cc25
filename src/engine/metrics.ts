/** Figures of this process under vLLM's names, so that one dashboard shows both kinds of engine. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Slots } from "./generate/slots.ts";

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

export class EngineMetrics {
  readonly registry = new Registry();
  readonly #promptTokens: Counter;
  readonly #answerTokens: Counter;
  readonly #finished: Counter;
  readonly #firstToken: Histogram;
  readonly #duration: Histogram;

  constructor(modelName: string, slots: Pick<Slots, "running" | "waiting">) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ model_name: modelName });
    const counter = (name: string, help: string, labelNames: string[] = []) =>
      new Counter({ name, help, labelNames, registers });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    const histogram = (name: string, help: string) => new Histogram({ name, help, buckets: seconds, registers });
    gauge("vllm:num_requests_running", "Requests that generate now.", () => slots.running);
    gauge("vllm:num_requests_waiting", "Requests that wait for a sequence.", () => slots.waiting);
    gauge("process_resident_memory_bytes", "Resident memory size in bytes.", () => process.memoryUsage.rss());
    this.#promptTokens = counter("vllm:prompt_tokens_total", "Tokens of prompts.");
    this.#answerTokens = counter("vllm:generation_tokens_total", "Tokens of answers.");
    this.#finished = counter("vllm:request_success_total", "Requests by how they ended.", ["finished_reason"]);
    this.#firstToken = histogram("vllm:time_to_first_token_seconds", "From arrival to the first token.");
    this.#duration = histogram("vllm:e2e_request_latency_seconds", "From arrival to the end.");
  }

  firstToken(promptTokens: number, milliseconds: number): void {
    this.#promptTokens.inc(promptTokens);
    this.#firstToken.observe(milliseconds / 1000);
  }

  embedded(promptTokens: number): void {
    this.#promptTokens.inc(promptTokens);
    this.#finished.inc({ finished_reason: "stop" });
  }

  token(): void {
    this.#answerTokens.inc();
  }

  finished(reason: "stop" | "length" | "abort" | "error", milliseconds: number): void {
    this.#finished.inc({ finished_reason: reason });
    this.#duration.observe(milliseconds / 1000);
  }
}
