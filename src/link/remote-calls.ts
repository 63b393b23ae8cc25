/** Questions over the link that have one answer, and logs, which have many. */
import { Problem, type ProblemData } from "../domain/problem.ts";
import type { StoredWeights } from "../domain/weights.ts";
import type { Command, Link, WeightsCommand } from "./link.ts";
import type { ToGateway, ToWaker } from "./wire.ts";

interface Pending {
  take(message: ToGateway): void;
  /** The connection is gone. */
  lost(): void;
}

/** Lines that a slow reader may have waiting; the oldest go first. */
const mostLines = 2000;

export class RemoteCalls {
  readonly #pending = new Map<number, Pending>();
  readonly #send: (message: ToWaker) => boolean;
  #count = 0;

  /** `send` returns false where there is no connection. */
  constructor(send: (message: ToWaker) => boolean) {
    this.#send = send;
  }

  take(message: ToGateway & { call: number }): void {
    this.#pending.get(message.call)?.take(message);
  }

  lost(): void {
    for (const pending of [...this.#pending.values()]) pending.lost();
  }

  /** Without a connection nobody knows: the engine gets the benefit of the doubt. */
  answers(id: number): Promise<boolean> {
    return new Promise((resolve) => {
      const call = this.#open({
        take: (message) => this.#close(call, () => resolve(message.type === "answered" && message.alive)),
        lost: () => this.#close(call, () => resolve(true)),
      });
      if (!this.#send({ type: "answers", call, id })) this.#close(call, () => resolve(true));
    });
  }

  command(command: Command | WeightsCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (problem: ProblemData | null) => (problem === null ? resolve() : reject(asError(problem)));
      const call = this.#open({
        take: (message) => this.#close(call, () => settle(message.type === "obeyed" ? message.problem : null)),
        lost: () => this.#close(call, () => settle(wakerAway)),
      });
      if (!this.#send({ type: "command", call, command })) this.#close(call, () => settle(wakerAway));
    });
  }

  weights(): Promise<StoredWeights[]> {
    return new Promise((resolve, reject) => {
      const refuse = (problem: ProblemData) => reject(asError(problem));
      const call = this.#open({
        take: (message) =>
          this.#close(call, () => {
            if (message.type !== "stored") return;
            if (message.problem === null) resolve(message.stored);
            else refuse(message.problem);
          }),
        lost: () => this.#close(call, () => refuse(wakerAway)),
      });
      if (!this.#send({ type: "weights", call })) this.#close(call, () => refuse(wakerAway));
    });
  }

  async *logs(model: string, { lines, follow, signal }: Parameters<Link["logs"]>[1]): AsyncGenerator<string> {
    const queue: string[] = [];
    let end: ProblemData | null | undefined;
    let wake = () => {};
    const finish = (problem: ProblemData | null) => {
      if (end === undefined) end = problem;
      wake();
    };
    const call = this.#open({
      take(message) {
        if (message.type === "log") queue.push(message.line);
        if (queue.length > mostLines) queue.shift();
        if (message.type === "logEnd") end = message.problem;
        wake();
      },
      lost: () => finish(wakerAway),
    });
    const stop = () => finish(null);
    signal.addEventListener("abort", stop);
    try {
      if (!this.#send({ type: "logs", call, model, lines, follow })) throw asError(wakerAway);
      while (!signal.aborted) {
        while (queue.length > 0) yield queue.shift()!;
        if (end !== undefined) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (end) throw asError(end);
    } finally {
      signal.removeEventListener("abort", stop);
      this.#pending.delete(call);
      this.#send({ type: "endLogs", call });
    }
  }

  #open(pending: Pending): number {
    this.#count += 1;
    this.#pending.set(this.#count, pending);
    return this.#count;
  }

  #close(call: number, settle: () => void): void {
    if (this.#pending.delete(call)) settle();
  }
}

export const wakerAway: ProblemData = {
  code: "model_unavailable",
  message: "The waker, which starts and stops models, cannot be reached. Answers in progress go on; ask again soon.",
  retryAfterSeconds: 5,
};

function asError({ code, message, ...extra }: ProblemData): Problem {
  return new Problem(code, message, extra);
}
