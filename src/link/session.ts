/** One gateway as the waker knows it. It outlives a broken connection for a while, with all its requests. */
import type { ProblemData } from "../domain/problem.ts";
import { Problem } from "../domain/problem.ts";
import type { LineConnection } from "./line-connection.ts";
import type { AcquireRequest, Command, Grant, LinkHost, Ticket, WeightsCommand } from "./link.ts";
import type { DeclaredRequest, ToGateway, ToWaker } from "./wire.ts";

interface HeldRequest {
  request: AcquireRequest;
  ticket: Ticket;
  grant: Grant | null;
  /** How it ended, kept until the gateway is known to have heard: it may have been cut off just then. */
  end: ProblemData | null;
  lastProgress: string;
}

export class Session {
  readonly #host: LinkHost;
  readonly #entries = new Map<number, HeldRequest>();
  readonly #logs = new Map<number, AbortController>();
  #connection: LineConnection<ToGateway> | null = null;

  constructor(host: LinkHost) {
    this.#host = host;
  }

  get connected(): boolean {
    return this.#connection !== null;
  }

  /** A new connection: both sides agree on what is open. `send` of the old one, if any, is closed. */
  attach(connection: LineConnection<ToGateway>, open: DeclaredRequest[]): void {
    const old = this.#connection;
    this.#connection = connection;
    old?.close();
    const declared = new Set(open.map(({ id }) => id));
    for (const id of [...this.#entries.keys()]) if (!declared.has(id)) this.#release(id, "aborted");
    for (const request of open) this.#agree(request);
  }

  /** False where a newer connection has taken over. */
  detach(connection: LineConnection<ToGateway>): boolean {
    if (this.#connection !== connection) return false;
    this.#connection = null;
    for (const abort of this.#logs.values()) abort.abort();
    return true;
  }

  /** The gateway is gone for good. */
  end(): void {
    for (const id of [...this.#entries.keys()]) this.#release(id, "aborted");
  }

  send(message: ToGateway): void {
    this.#connection?.send(message);
  }

  /** Tells waiters what has changed for them. */
  sendProgress(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.grant !== null || entry.end !== null) continue;
      const progress = entry.ticket.progress();
      const text = JSON.stringify(progress);
      if (text !== entry.lastProgress) this.send({ type: "progress", id, progress });
      entry.lastProgress = text;
    }
  }

  take(message: Exclude<ToWaker, { type: "hello" }>) {
    switch (message.type) {
      case "acquire":
        return this.#open(message.id, message.request, null);
      case "release":
        return this.#release(message.id, message.outcome);
      case "answers":
        return void this.#answers(message.call, message.id);
      case "command":
        return void this.#obey(message.call, message.command);
      case "weights":
        return void this.#stored(message.call);
      case "logs":
        return void this.#follow(message);
      case "endLogs":
        return this.#logs.get(message.call)?.abort();
      case "ping":
        return;
    }
  }

  #agree({ id, request, grant }: DeclaredRequest): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) this.#open(id, request, grant);
    // What was said while nobody listened is said again.
    else if (entry.end !== null) this.#tellEnd(id, entry);
    else if (entry.grant !== null) this.send({ type: "granted", id, grant: entry.grant });
  }

  #open(id: number, request: AcquireRequest, held: Grant | null): void {
    const entry: Partial<HeldRequest> = { request, grant: held, end: null, lastProgress: "" };
    const end = (problem: ProblemData) => {
      entry.end = problem;
      this.#tellEnd(id, entry as HeldRequest);
    };
    const listener = {
      granted: (grant: Grant) => {
        entry.grant = grant;
        this.send({ type: "granted", id, grant });
      },
      refused: end,
      cut: end,
    };
    entry.ticket = held === null ? this.#host.acquire(request, listener) : this.#host.resume(request, held, listener);
    this.#entries.set(id, entry as HeldRequest);
  }

  #tellEnd(id: number, { grant, end }: HeldRequest): void {
    this.send({ type: grant === null ? "refused" : "cut", id, problem: end! });
    // The gateway never releases what it heard the end of. Unheard, the entry waits for the next `hello`.
    if (this.connected) this.#release(id, "aborted");
  }

  #release(id: number, outcome: Parameters<Ticket["release"]>[0]): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    entry.ticket.release(outcome);
  }

  async #answers(call: number, id: number): Promise<void> {
    const alive = (await this.#entries.get(id)?.ticket.answers()) ?? false;
    this.send({ type: "answered", call, alive });
  }

  async #obey(call: number, command: Command | WeightsCommand): Promise<void> {
    const problem = await this.#host.command(command).then(() => null, problemOf);
    this.send({ type: "obeyed", call, problem });
  }

  async #stored(call: number): Promise<void> {
    try {
      this.send({ type: "stored", call, stored: await this.#host.weights(), problem: null });
    } catch (error) {
      this.send({ type: "stored", call, stored: [], problem: problemOf(error) });
    }
  }

  async #follow({ call, model, lines, follow }: ToWaker & { type: "logs" }): Promise<void> {
    const abort = new AbortController();
    this.#logs.set(call, abort);
    let problem: ProblemData | null = null;
    try {
      for await (const line of this.#host.logs(model, { lines, follow, signal: abort.signal })) {
        this.send({ type: "log", call, line });
      }
    } catch (error) {
      problem = problemOf(error);
    }
    this.#logs.delete(call);
    this.send({ type: "logEnd", call, problem });
  }
}

function problemOf(error: unknown): ProblemData {
  if (error instanceof Problem) return error.problem;
  return { code: "internal_error", message: error instanceof Error ? error.message : String(error) };
}
