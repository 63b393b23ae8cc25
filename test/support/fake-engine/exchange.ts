import { createHash } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Completion, type CompletionKind, completionOf } from "./completion.ts";
import { answerEvil, isEvil } from "./evil.ts";
import { type Knobs, knobsOf } from "./knobs.ts";
import type { FakeOptions } from "./options.ts";
import { keepBody, scripted } from "./script.ts";

/** One request on a model's route: its knobs, its record in the stats, and its misfortunes. */
export class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: FakeOptions;
  readonly #bytes: Buffer;
  readonly #gates: Map<string, () => void>;
  readonly body: Record<string, unknown>;
  readonly knobs: Knobs;
  readonly #strikes: boolean;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    bytes: Buffer,
    options: FakeOptions,
    gates: Map<string, () => void>,
  ) {
    this.#request = request;
    this.#response = response;
    this.#options = options;
    this.#bytes = bytes;
    this.#gates = gates;
    this.body = parseBody(request, bytes);
    keepBody(options.bodies, request.url ?? "", this.body);
    this.knobs = knobsOf(request.headers, this.body, { ...options.defaults, ...scripted(options.script, this.body) });
    const { tag, once: onlyOnce } = this.knobs;
    this.#strikes = !onlyOnce || options.stats.count("request", tag) === 0;
    this.#watch(tag);
  }

  #watch(tag: string | undefined): void {
    const { stats } = this.#options;
    const detail = { path: this.#request.url ?? "", ...(tag === undefined ? {} : { tag }) };
    stats.record("request", detail);
    stats.running += 1;
    stats.peak = Math.max(stats.peak, stats.running);
    this.#response.on("close", () => {
      stats.running -= 1;
      stats.record(this.#response.writableFinished ? "done" : "abort", detail);
    });
  }

  /** Whatever comes before the route's own answer. True where the request has been answered, or never will be. */
  async settled(): Promise<boolean> {
    if (this.knobs.after === "headers" && (await this.#struck())) return true;
    if (this.knobs.status !== undefined) {
      const message = `fake engine told to answer ${this.knobs.status}`;
      this.json(this.knobs.status, { error: { message, type: "FakeError", param: null, code: this.knobs.status } });
      return true;
    }
    if (!this.knobs.echo) return false;
    this.json(200, {
      method: this.#request.method,
      url: this.#request.url,
      headers: this.#request.headers,
      rawHeaders: this.#request.rawHeaders,
      sha256: createHash("sha256").update(this.#bytes).digest("hex"),
      bytes: this.#bytes.length,
      base64: this.#bytes.toString("base64"),
    });
    return true;
  }

  async complete(kind: CompletionKind): Promise<void> {
    const completion = completionOf(kind, this.#options.model, this.body, this.knobs);
    if (this.body.stream === true) await this.#stream(completion);
    else if ((await this.#spend(completion, async () => {})) === "whole") this.json(200, completion.whole());
  }

  json(status: number, value: unknown): void {
    this.#response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  }

  async #stream(completion: Completion): Promise<void> {
    this.#response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    this.#response.flushHeaders();
    for (const event of completion.opening()) await this.#send(event);
    const end = await this.#spend(completion, (word) => this.#send(completion.piece(word)));
    if (end !== "whole") return;
    for (const event of completion.closing()) await this.#send(event);
    this.#response.end("data: [DONE]\n\n");
  }

  async #send(event: unknown): Promise<void> {
    if (!this.#response.write(`data: ${JSON.stringify(event)}\n\n`) && !this.#response.destroyed) {
      await Promise.race([once(this.#response, "drain"), once(this.#response, "close")]);
    }
  }

  /** Takes the time that the words take, and meets the fate where it is due. */
  async #spend(completion: Completion, emit: (word: string) => Promise<void>): Promise<"whole" | "over"> {
    const { rate, firstTokenMs, after } = this.knobs;
    if (firstTokenMs > 0) await this.#pause(firstTokenMs);
    for (const [index, word] of completion.words.entries()) {
      if (after === index && (await this.#struck())) return "over";
      if (rate > 0) await this.#pause(1000 / rate);
      if (this.#response.destroyed) return "over";
      await emit(word);
    }
    if (after === completion.words.length && (await this.#struck())) return "over";
    return this.#response.destroyed ? "over" : "whole";
  }

  /** True where nothing more must be sent. */
  async #struck(): Promise<boolean> {
    const { fate, tag } = this.knobs;
    if (!this.#strikes || fate === undefined) return false;
    // Node sends what was written in this turn at the end of it.
    await new Promise((resolve) => setImmediate(resolve));
    if (fate === "crash") {
      this.#options.stats.record("crash", tag === undefined ? {} : { tag });
      console.error("RuntimeError: fake engine told to crash");
      process.exit(1);
    }
    if (fate === "freeze") process.kill(process.pid, "SIGSTOP");
    if (isEvil(fate)) answerEvil(fate, this.#response);
    if (fate === "cut") this.#response.destroy();
    if (fate !== "gate") return true;
    await new Promise<void>((resolve) => {
      this.#gates.set(tag ?? "", resolve);
      this.#response.on("close", resolve);
    });
    return this.#response.destroyed;
  }

  /** Ends early where the client goes away. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#response.destroyed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const response = this.#response;
      function done(): void {
        clearTimeout(timer);
        response.off("close", done);
        resolve();
      }
      response.once("close", done);
    });
  }
}

/** A JSON object, or the plain fields of a form; anything else counts as empty. */
function parseBody(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/form-data")) {
    const model = /name="model"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)\r\n/.exec(bytes.toString("latin1"))?.[1];
    return model === undefined ? {} : { model };
  }
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
