/** Holds a request until it has an engine: asks the waker for a lease, says that it waits, and knows when to give up. */
import type { AcquireListener, Grant, Link, Progress, Ticket } from "../../link/link.ts";
import type { Clock } from "../dialects/translation.ts";
import type { Timing } from "../settings.ts";
import { Retries } from "../upstream/retries.ts";
import type { Accepted } from "./accepted.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { SpokenWait } from "./spoken-wait.ts";

/** Times: milliseconds of `performance.now()`. */
export class Holding {
  readonly startedAt = performance.now();
  /** From its acceptance to its latest lease, milliseconds; 0 before the first. */
  waitMs = 0;
  readonly #link: Pick<Link, "acquire">;
  readonly #accepted: Accepted;
  readonly #timing: Timing;
  readonly #retries = new Retries();
  /** Of the wait that counts: a lost engine's work does not. */
  #since = this.startedAt;
  /** When the client heard something last, and how much of its answer it had then. */
  #heardAt = 0;
  #heardBytes = 0;

  constructor(link: Pick<Link, "acquire">, accepted: Accepted, timing: Timing) {
    this.#link = link;
    this.#accepted = accepted;
    this.#timing = timing;
  }

  acquire(listener: AcquireListener): Ticket {
    const { id, model, key, priority, route, calls, whenBusy, streaming: streamed } = this.#accepted;
    const work = calls[0]!.path === null ? "presence" : route.work;
    const attemptId = this.#retries.count === 0 ? id : `${id}.${this.#retries.count}`;
    const request = { id: attemptId, model, client: key.name, priority, work, streamed, whenBusy };
    return this.#link.acquire(request, listener);
  }

  /** A name and its value. */
  get header(): string[] {
    return ["x-hearth-wait-ms", String(Math.round(this.waitMs))];
  }

  clock(): Clock {
    const askedAt = Date.now();
    return { now: Date.now, receivedAt: askedAt - (performance.now() - this.startedAt), askedAt };
  }

  granted(now: number): void {
    this.waitMs = now - this.startedAt;
  }

  isTooLong(now: number): boolean {
    return now - this.#since >= this.#accepted.holdMs;
  }

  /**
   * An engine died before it answered anything: may a fresh one be waited for? `refused`: it took no connection, so
   * that it never saw the request.
   */
  again(lost: Grant, refused: boolean, now: number): boolean {
    if (!this.#retries.allow(lost.generation, refused)) return false;
    if (!refused) this.#since = now;
    return true;
  }

  /** Tells a streaming client what it waits for, or that its answer goes on, where it has heard nothing for long. */
  comment(answer: ClientAnswer, progress: () => Progress, spoken: SpokenWait | null, now: number): void {
    if (!this.#accepted.streaming) return;
    if (answer.bytes !== this.#heardBytes) {
      this.#heardBytes = answer.bytes;
      this.#heardAt = now;
    }
    const { firstCommentMs, commentMs } = this.#timing;
    const due = answer.said === "nothing" ? this.startedAt + firstCommentMs : this.#heardAt + commentMs;
    const speak = answer.said === "engine" ? null : (spoken?.say ?? null);
    if (now >= due && answer.comment(progress(), speak)) this.#heardAt = now;
  }
}
