/**
 * One relayed request from its acceptance to its last byte: waits for an engine, sends the body there, passes the
 * answer on, and ends exactly once: served, failed, or left by its client.
 */
import type { ServerResponse } from "node:http";
import type { ProblemData } from "../../domain/problem.ts";
import type { AcquireListener, Grant, Ticket } from "../../link/link.ts";
import { bodyFor } from "../body/request-body.ts";
import { engineProblem } from "../dialects/chat/engine-problem.ts";
import type { AnswerTranslation, Clock } from "../dialects/translation.ts";
import { callAfter, type EngineCall, lacksRoute } from "../fit/call.ts";
import { problemOf } from "../http/problem-answer.ts";
import { Attempt, type AttemptListener } from "../upstream/attempt.ts";
import { contentsOf } from "../upstream/chunks.ts";
import { Retries } from "../upstream/retries.ts";
import type { Accepted } from "./accepted.ts";
import { ClientAnswer } from "./client-answer.ts";
import { engineError, errorBodyLimit } from "./engine-error.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import type { RelayParts } from "./parts.ts";
import { answering, brokenAnswer, engineDied, heldTooLong, redirected, stalled } from "./problems.ts";
import type { Swept } from "./sweep.ts";

/** A dead engine's connection ends within this; one that still lives is given no longer. */
const lastWordsMs = 250;
/** What a client that went away is counted as. */
const clientClosed = 499;

export class Exchange implements AcquireListener, AttemptListener, Swept {
  readonly #parts: RelayParts;
  readonly #accepted: Accepted;
  readonly #answer: ClientAnswer;
  readonly #startedAt = performance.now();
  /** Of the wait that counts against the hold: a lost engine's work does not. */
  #waitingSince = this.#startedAt;
  readonly #retries = new Retries();
  #ticket: Ticket | null = null;
  #attempt: Attempt | null = null;
  /** How the attempt asks, and what its answer becomes. */
  #call: EngineCall;
  #translation: AnswerTranslation | null = null;
  #over = false;
  #waitMs = 0;
  /** An error answer of the engine's, as far as it came. */
  #errorBody: Buffer[] | null = null;
  /** A byte came since the last sweep. */
  #stirred = false;
  #quietSince = 0;
  #probing = false;
  #commentedAt = 0;
  /** Why the engine ended, once that is known. */
  #obituary: ProblemData | null = null;

  constructor(parts: RelayParts, accepted: Accepted, response: ServerResponse) {
    this.#parts = parts;
    this.#accepted = accepted;
    this.#call = accepted.calls[0]!;
    this.#answer = new ClientAnswer(response, accepted.route.dialect, accepted, accepted.headers);
    response.on("close", () => this.#left());
  }

  start(): void {
    this.#parts.sweeper.add(this);
    // To let a model go, it need not come first.
    if (this.#call.path === null && this.#accepted.residence === "stop") this.#answerAlone(this.#call);
    else this.#acquire();
  }

  granted(grant: Grant): void {
    if (this.#over) return;
    const now = performance.now();
    this.#waitMs = now - this.#startedAt;
    this.#quietSince = now;
    this.#parts.metrics.waited(this.#accepted.model, this.#waitMs / 1000);
    const call = this.#parts.engines.callTo(grant, this.#accepted.calls);
    if (call.path === null) this.#answerAlone(call);
    else this.#ask(grant, call, call.path);
  }

  refused(problem: ProblemData): void {
    this.#fail(problem);
  }

  cut(problem: ProblemData): void {
    const attempt = this.#attempt;
    if (this.#over) return;
    if (problem.code !== "engine_failed" || attempt === null) this.#fail(problem);
    else if (this.#answer.said === "engine") this.#awaitLastWords(attempt, problem);
    else {
      this.#attempt = null;
      attempt.cancel();
      this.#tryAgain(attempt.grant, false, problem);
    }
  }

  bytes(attempt: Attempt, chunk: Buffer): void {
    if (attempt !== this.#attempt) return;
    this.#stirred = true;
    if (attempt.status >= 300) this.#keepError(chunk);
    else this.#pass(attempt, this.#translation === null ? chunk : this.#told(({ push }) => push(chunk)));
  }

  chunks(attempt: Attempt, chunks: Buffer): void {
    if (attempt !== this.#attempt) return;
    if (this.#translation === null && this.#answer.takesChunks) {
      this.#stirred = true;
      if (!this.#answer.writeChunks(chunks, this.#drained)) attempt.pause();
    } else for (const content of contentsOf(chunks)) this.bytes(attempt, content);
  }

  ended(attempt: Attempt) {
    if (attempt !== this.#attempt) return;
    if (attempt.status >= 500) return void this.#passUnlessDying(attempt);
    if (attempt.status >= 400) return this.#passError(attempt);
    if (attempt.status >= 300) return this.#fail(redirected(this.#accepted.model, attempt.status));
    this.#pass(attempt, this.#translation === null ? "" : this.#told(({ end }) => end()));
    if (this.#over) return;
    if (this.#answer.said !== "engine") this.#begin(attempt);
    this.#answer.end();
    this.#finish("done");
  }

  failed(attempt: Attempt, error: Error & { code?: string }): void {
    if (attempt !== this.#attempt) return;
    this.#attempt = null;
    const { model } = this.#accepted;
    if (this.#answer.said === "engine") this.#fail(this.#obituary ?? brokenAnswer(model, error), "engineFailed");
    else this.#tryAgain(attempt.grant, error.code === "ECONNREFUSED", engineDied(model, error));
  }

  sweep(now: number): void {
    if (this.#stirred) {
      this.#stirred = false;
      this.#quietSince = now;
    }
    const attempt = this.#attempt;
    if (attempt === null) {
      if (now - this.#waitingSince >= this.#accepted.holdMs)
        this.#fail(heldTooLong(this.#accepted.model, this.#ticket));
      else if (this.#ticket === null) this.#acquire();
    } else if (attempt.paused) {
      if (now - this.#quietSince > this.#parts.timing.clientSilenceMs) this.#left();
    } else if (now - this.#quietSince > this.#parts.settings.stallMs && !this.#probing) void this.#probe(attempt);
    if (this.#accepted.streaming && !this.#over && this.#answer.said !== "engine") this.#comment(now);
  }

  /** The news of an engine's end is faster than its last bytes, which may even make the answer whole. */
  #awaitLastWords(attempt: Attempt, problem: ProblemData): void {
    this.#obituary = problem;
    setTimeout(() => {
      if (attempt === this.#attempt) this.#fail(problem);
    }, lastWordsMs).unref();
  }

  #acquire(): void {
    const { id, model, key, priority, whenBusy } = this.#accepted;
    const attemptId = this.#retries.count === 0 ? id : `${id}.${this.#retries.count}`;
    this.#ticket = this.#parts.link.acquire({ id: attemptId, model, client: key.name, priority, whenBusy }, this);
  }

  /** A dead engine gave nothing yet: a fresh one may. */
  #tryAgain(grant: Grant, refused: boolean, problem: ProblemData): void {
    if (!this.#retries.allow(grant.generation, refused)) {
      this.#fail(problem, "engineFailed");
      return;
    }
    this.#release("engineFailed");
    // The same engine again would only refuse again until the waker has noticed: leave that to the next sweep.
    if (refused) return;
    this.#waitingSince = performance.now();
    this.#acquire();
  }

  #ask(grant: Grant, call: EngineCall, path: string): void {
    const { id, request, route } = this.#accepted;
    this.#call = call;
    this.#translation = call.answer?.(this.#accepted, this.#clock()) ?? null;
    this.#attempt = new Attempt(grant, this);
    this.#errorBody = null;
    const headers = requestHeaders(request.headers, grant, id, route.body === "json");
    const body = bodyFor(call.body, grant.servedName);
    this.#attempt.send(this.#parts.engines.to(grant), path + call.query, headers, body);
  }

  /** The model is there, and that was all. */
  #answerAlone(call: EngineCall): void {
    const { contentType, end } = call.answer!(this.#accepted, this.#clock());
    this.#answer.begin(200, ["content-type", contentType, "x-hearth-wait-ms", String(Math.round(this.#waitMs))], false);
    this.#answer.write(end(), this.#drained);
    this.#answer.end();
    this.#finish("done");
  }

  #clock(): Clock {
    const askedAt = Date.now();
    return { now: Date.now, receivedAt: askedAt - (performance.now() - this.#startedAt), askedAt };
  }

  /** What the translation makes of it; nothing where that shows the answer to be broken, which ends the exchange. */
  #told(tell: (translation: AnswerTranslation) => string): string {
    try {
      return tell(this.#translation!);
    } catch (error) {
      this.#fail(problemOf(error, this.#parts.log));
      return "";
    }
  }

  #pass(attempt: Attempt, bytes: Buffer | string): void {
    if (bytes.length === 0) return;
    if (this.#answer.said !== "engine") this.#begin(attempt);
    if (!this.#answer.write(bytes, this.#drained)) attempt.pause();
  }

  /** The engine's head, now that something follows it. */
  #begin(attempt: Attempt): void {
    const headers = ["x-hearth-wait-ms", String(Math.round(this.#waitMs))];
    const { status, headers: own } = attempt;
    if (this.#translation === null) {
      const isEventStream = String(own["content-type"]).startsWith("text/event-stream");
      this.#answer.begin(status, responseHeaders(own, headers), isEventStream);
    } else {
      const changed = { "content-type": this.#translation.contentType, "content-length": undefined };
      this.#answer.begin(status, responseHeaders({ ...own, ...changed }, headers), this.#accepted.streaming);
    }
    this.#parts.metrics.firstByte(this.#accepted.model, (performance.now() - this.#startedAt) / 1000);
  }

  #drained = (): void => {
    this.#stirred = true;
    this.#attempt?.resume();
  };

  #keepError(chunk: Buffer): void {
    this.#errorBody ??= [];
    if (this.#errorBody.reduce((sum, { length }) => sum + length, 0) < errorBodyLimit) this.#errorBody.push(chunk);
  }

  /** vLLM whose worker has died answers 500 for a moment before it exits: then a fresh engine may do better. */
  async #passUnlessDying(attempt: Attempt): Promise<void> {
    const answers = await (this.#ticket?.answers() ?? Promise.resolve(true)).catch(() => true);
    if (this.#over || attempt !== this.#attempt) return;
    if (answers) return this.#passError(attempt);
    this.#attempt = null;
    const { model } = this.#accepted;
    this.#tryAgain(attempt.grant, false, engineDied(model, new Error(`it answered ${attempt.status}`)));
  }

  #passError(attempt: Attempt): void {
    const { status, headers, grant } = attempt;
    const next = callAfter(this.#accepted.calls, this.#call, status);
    if (next?.path) {
      if (lacksRoute(status) && this.#call.path !== null) this.#parts.engines.noteLacking(grant, this.#call.path);
      this.#ask(grant, next, next.path);
      return;
    }
    const type = String(headers["content-type"] ?? "");
    const body = Buffer.concat(this.#errorBody ?? []);
    const { model, route } = this.#accepted;
    if (this.#translation !== null || !route.dialect.isEngines) {
      this.#answer.fail(engineProblem(model, status, body.toString("utf8")));
      this.#finish("done");
      return;
    }
    const answer = engineError(route.dialect, this.#accepted, status, type, body);
    const kept = responseHeaders({ ...headers, "content-type": answer.contentType, "content-length": undefined }, []);
    this.#answer.failWith(answer.body, answer.event, status, kept);
    this.#finish("done");
  }

  #comment(now: number): void {
    const { firstCommentMs, commentMs } = this.#parts.timing;
    const due = this.#answer.said === "nothing" ? this.#startedAt + firstCommentMs : this.#commentedAt + commentMs;
    if (now < due) return;
    this.#commentedAt = now;
    this.#answer.comment(this.#attempt === null && this.#ticket !== null ? this.#ticket.progress() : answering);
  }

  /** Silence is not death: a long prompt is silent too. The engine is asked for one token before it is given up. */
  async #probe(attempt: Attempt): Promise<void> {
    this.#probing = true;
    // Where nobody can ask it, the engine keeps the benefit of the doubt.
    const answers = await (this.#ticket?.answers() ?? Promise.resolve(true)).catch(() => true);
    this.#probing = false;
    if (this.#over || attempt !== this.#attempt || this.#stirred) return;
    if (answers) this.#quietSince = performance.now();
    else this.#fail(stalled(this.#accepted.model, this.#parts.settings.stallMs / 1000), "engineFailed");
  }

  #fail(problem: ProblemData, outcome: "aborted" | "engineFailed" = "aborted"): void {
    if (this.#over) return;
    this.#answer.fail(problem);
    this.#finish(outcome);
  }

  /** The client is gone: its work on the engine, or its place in the queue, goes too. */
  #left(): void {
    if (this.#over) return;
    this.#answer.status = clientClosed;
    this.#answer.cut();
    this.#finish("aborted");
  }

  #finish(outcome: "done" | "aborted" | "engineFailed"): void {
    this.#over = true;
    this.#parts.sweeper.delete(this);
    if (outcome !== "done") this.#attempt?.cancel();
    this.#attempt = null;
    this.#release(outcome);
    this.#report();
  }

  #report(): void {
    const { id, model, key, route } = this.#accepted;
    const { status } = this.#answer;
    this.#parts.metrics.answered(model, status);
    const totalMs = performance.now() - this.#startedAt;
    this.#parts.log.debug(
      { id, model, key: key.name, route: route.path, status, waitMs: this.#waitMs, totalMs },
      "request",
    );
  }

  #release(outcome: "done" | "aborted" | "engineFailed"): void {
    this.#ticket?.release(outcome);
    this.#ticket = null;
  }
}
