/** How far this gateway is on its way to its end: first nothing new is taken, then nothing runs on. */
import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/problem.ts";
import { shuttingDown } from "../../domain/shutting-down.ts";

export class Stopping {
  readonly #begin = new AbortController();
  /** The time of running answers is over too. */
  over = false;

  /** Nothing new is taken, and nobody waits any more; running answers finish. */
  get begun(): boolean {
    return this.#begin.signal.aborted;
  }

  /** Aborted, with a Problem (`shutting_down`) as its reason, once the stop has begun. */
  get signal(): AbortSignal {
    return this.#begin.signal;
  }

  begin(): void {
    const { code, message, ...extra } = shuttingDown;
    this.#begin.abort(new Problem(code, message, extra));
  }
}

/** Looking goes on to the end, so that `hearth ps` shows what is still awaited. */
const looking = new Set(["GET", "HEAD", "OPTIONS"]);

/** For the routes of Fastify; relayed ones ask by themselves. */
export function refuseWhenStopping(app: FastifyInstance, stopping: Stopping): void {
  app.addHook("onRequest", async ({ method }) => {
    if (!looking.has(method)) stopping.signal.throwIfAborted();
  });
}
