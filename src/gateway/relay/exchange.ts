/**
 * One relayed request from its acceptance to its last byte: waits for an engine, sends the body there, passes the
 * answer on, and ends exactly once: served, failed, or left by its client. `phases.ts` says who may bring about what.
 */
import type { ServerResponse } from "node:http";
import type { OpenRequestView } from "../../domain/open-request.ts";
import type { ProblemData } from "../../domain/problem.ts";
import { clientClosed } from "../../domain/request-record.ts";
import { shuttingDown } from "../../domain/shutting-down.ts";
import type { AcquireListener, Grant, Ticket } from "../../link/link.ts";
import { bodyFor } from "../body/request-body.ts";
import { callAfter, type EngineCall, lacksRoute } from "../fit/call.ts";
import { Attempt, type AttemptListener } from "../upstream/attempt.ts";
import type { Accepted } from "./accepted.ts";
import { ClientAnswer } from "./client-answer.ts";
import { failAsEngine } from "./engine-answer.ts";
import { requestHeaders } from "./headers.ts";
import { Holding } from "./holding.ts";
import { openRequest } from "./open-request.ts";
import type { ExchangeParts } from "./parts.ts";
import { Passage } from "./passage.ts";
import { Patience } from "./patience.ts";
import { type AnsweringPhase, type AskedPhase, type AtEngine, Course, type WaitingPhase, type Who } from "./phases.ts";
import { brokenAnswer, engineDied, heldTooLong, redirected } from "./problems.ts";
import { progressOf } from "./progress.ts";
import { Silence, stillAnswers } from "./silence.ts";
import { SpokenWait } from "./spoken-wait.ts";
import { Suspicion } from "./suspicion.ts";
import type { Swept } from "./sweep.ts";
import { tokensOf } from "./tokens.ts";

/** A dead engine's connection ends within this; one that still lives is given no longer. */
const lastWordsMs = 250;

/** For a slow client to catch up. */
const nothingWaits = () => {};

type Outcome = Parameters<Ticket["release"]>[0];

export class Exchange implements AcquireListener, AttemptListener, Swept {
  readonly #parts: ExchangeParts;
  readonly #accepted: Accepted;
  readonly #answer: ClientAnswer;
  readonly #holding: Holding;
  readonly #passage: Passage;
  readonly #patience: Patience;
  readonly #course: Course;
  readonly #suspicion: Suspicion;
  /** Null where waiting is no part of the answer. */
  readonly #spoken: SpokenWait | null;

  constructor(parts: ExchangeParts, accepted: Accepted, response: ServerResponse) {
    this.#parts = parts;
    this.#course = new Course(accepted.id, parts.log);
    this.#accepted = accepted;
    this.#answer = new ClientAnswer(response, accepted.route.dialect, accepted, accepted.headers);
    this.#tellOf(accepted.calls[0]!);
    this.#holding = new Holding(parts.link, accepted, parts.timing);
    const speaks = accepted.streaming && (accepted.key.showWaiting ?? parts.settings.showWaiting) === "thinking";
    this.#spoken = speaks ? new SpokenWait(accepted, this.#holding.clock()) : null;
    this.#suspicion = new Suspicion(parts.suspects, accepted);
    this.#patience = new Patience(parts, accepted);
    this.#passage = new Passage({
      ...{ accepted, answer: this.#answer, holding: this.#holding, course: this.#course, log: parts.log },
      fail: (problem) => this.#fail("engine", problem),
    });
    response.on("close", () => this.#left("client"));
  }

  start(): void {
    const call = this.#accepted.calls[0]!;
    const { refusal } = this.#suspicion;
    this.#parts.sweeper.add(this);
    if (refusal !== null) this.#fail("client", refusal);
    // To let a model go, it need not come first.
    else if (call.path === null && this.#accepted.residence === "stop") this.#answerAlone("client", call);
    else this.#wait("client", { now: true });
  }

  granted(grant: Grant): void {
    const phase = this.#course.phase;
    if (phase.name === "over" || !this.#course.may("link", "asked") || phase.ticket === null) return;
    const { refusal } = this.#suspicion;
    const call = this.#parts.engines.callTo(grant, this.#spoken?.calls ?? this.#accepted.calls);
    this.#holding.granted(performance.now());
    this.#accepted.record.granted(this.#holding.waitMs, grant);
    if (refusal !== null) this.#fail("link", refusal);
    else if (call.path === null) this.#answerAlone("link", call);
    else this.#ask("link", phase.ticket, grant, call, call.path);
  }

  refused(problem: ProblemData): void {
    this.#fail("link", problem);
  }

  cut(problem: ProblemData): void {
    const phase = this.#course.phase;
    if (phase.name === "over" || phase.name === "waiting" || problem.code !== "engine_failed") {
      this.#fail("link", problem);
    } else if (phase.name === "answering") {
      this.#suspicion.lost(phase.attempt.grant.generation);
      this.#awaitLastWords(phase, problem);
    } else {
      phase.attempt.cancel();
      this.#tryAgain("link", phase, false, problem);
    }
  }

  bytes(attempt: Attempt, chunk: Buffer): void {
    const phase = this.#at(attempt);
    if (phase !== null) this.#passage.bytes(phase, chunk);
  }

  chunks(attempt: Attempt, chunks: Buffer): void {
    const phase = this.#at(attempt);
    if (phase !== null) this.#passage.chunks(phase, chunks);
  }

  ended(attempt: Attempt): void {
    const phase = this.#at(attempt);
    if (phase === null) return;
    if (phase.name === "asked" && attempt.status >= 300) this.#endedInError(phase);
    else if (this.#passage.ended(phase)) this.#end("engine", "done", () => this.#answer.end());
  }

  failed(attempt: Attempt, error: Error & { code?: string }): void {
    const phase = this.#at(attempt);
    if (phase === null) return;
    const { model } = this.#accepted;
    if (phase.name === "answering") {
      this.#suspicion.lost(attempt.grant.generation);
      // Nothing is missing of an answer that came to its end before its connection did not.
      if (phase.translation?.whole?.() === true || this.#answer.ending?.is === "whole") this.ended(attempt);
      else this.#fail("engine", phase.obituary ?? brokenAnswer(model, error), "engineFailed");
    } else this.#tryAgain("engine", phase, error.code === "ECONNREFUSED", engineDied(model, error));
  }

  sweep(now: number): void {
    const phase = this.#course.phase;
    const { stopping } = this.#parts;
    if (stopping.over || (stopping.begun && phase.name === "waiting")) this.#fail("clock", shuttingDown);
    else if (phase.name === "waiting") {
      if (this.#holding.isTooLong(now)) this.#fail("clock", heldTooLong(this.#accepted.model, phase.ticket));
      else if (phase.ticket === null) this.#wait("clock", { now: true });
    } else if (phase.name !== "over") this.#patience.look(phase, now, (why) => this.#giveUp(phase.attempt, why));
    if (this.#course.phase.name === "over") return;
    const progress = () => progressOf(this.#course.phase);
    this.#holding.comment(this.#answer, progress, this.#spoken, now);
    this.#answer.askForLife(progress);
  }

  view(): OpenRequestView {
    return openRequest(this.#accepted, this.#course.phase);
  }

  /** Null where this attempt is not the present one any more. */
  #at(attempt: Attempt): AtEngine | null {
    const phase = this.#course.atEngine;
    return phase?.attempt === attempt ? phase : null;
  }

  /** `now`: asks for a lease at once; else, and where another suspect of its model goes first, the next sweep does. */
  #wait(who: Who, { now }: { now: boolean }): boolean {
    const waiting: WaitingPhase = { name: "waiting", ticket: null };
    const moved = this.#course.move(who, waiting);
    if (moved && now && this.#suspicion.mayGo()) waiting.ticket = this.#holding.acquire(this);
    return moved;
  }

  #ask(who: Who, ticket: Ticket, grant: Grant, call: EngineCall, path: string): void {
    const { id, request, route } = this.#accepted;
    this.#tellOf(call);
    const attempt = new Attempt(grant, this);
    const translation = call.answer?.(this.#accepted, this.#holding.clock()) ?? null;
    this.#spoken?.goOn(translation);
    const silence = new Silence(performance.now());
    if (!this.#course.move(who, { name: "asked", ticket, attempt, call, translation, silence, error: [] })) return;
    const traceparent = this.#parts.tracing?.asked(id) ?? null;
    const headers = requestHeaders(request.headers, grant, id, route.body === "json", traceparent);
    attempt.send(this.#parts.engines.to(grant), path + call.query, headers, bodyFor(call.body, grant.servedName));
  }

  /** In the answer's head, unless that went out while it was not yet known how the engine is asked. */
  #tellOf({ applied, notes }: EngineCall): void {
    this.#answer.fixups = [...applied, ...notes];
  }

  /** A dead engine gave nothing yet: a fresh one may. `refused`: it took no connection. */
  #tryAgain(who: Who, asked: AskedPhase, refused: boolean, problem: ProblemData): void {
    const { ticket, attempt } = asked;
    if (!refused) this.#suspicion.lost(attempt.grant.generation);
    if (this.#holding.again(attempt.grant, refused, performance.now())) {
      ticket.release("engineFailed");
      // The same engine again would only refuse again until the waker has noticed: leave that to the next sweep.
      this.#wait(who, { now: !refused });
    } else void this.#failWithVerdict(who, asked, problem);
  }

  /** If this was its engine's death, and the second one that it saw, it is told to leave it at that. */
  async #failWithVerdict(who: Who, asked: AskedPhase, problem: ProblemData): Promise<void> {
    await this.#suspicion.verdict();
    if (this.#course.phase === asked) this.#fail(who, this.#suspicion.refusal ?? problem, "engineFailed");
  }

  /** The model is there, and that was all. */
  #answerAlone(who: Who, call: EngineCall): void {
    const { contentType, end } = call.answer!(this.#accepted, this.#holding.clock());
    const body = end();
    this.#end(who, "done", () => {
      this.#answer.begin(200, ["content-type", contentType ?? "application/json", ...this.#holding.header], false);
      this.#answer.write(body, nothingWaits);
      this.#answer.end();
    });
  }

  #endedInError(asked: AskedPhase): void {
    const { status } = asked.attempt;
    if (status >= 500) void this.#passUnlessDying(asked);
    else if (status >= 400) this.#passError(asked);
    else this.#fail("engine", redirected(this.#accepted.model, status));
  }

  /** vLLM whose worker has died answers 500 for a moment before it exits: then a fresh engine may do better. */
  async #passUnlessDying(asked: AskedPhase): Promise<void> {
    const answers = await stillAnswers(asked.ticket);
    if (this.#course.phase !== asked) return;
    if (answers) this.#passError(asked);
    else {
      const died = engineDied(this.#accepted.model, new Error(`it answered ${asked.attempt.status}`));
      this.#tryAgain("engine", asked, false, died);
    }
  }

  #passError(asked: AskedPhase): void {
    const { ticket, attempt, call } = asked;
    const { calls, untranslatable } = this.#accepted;
    const next = callAfter(calls, call, attempt.status);
    if (next?.path) {
      if (lacksRoute(attempt.status) && call.path !== null) this.#parts.engines.noteLacking(attempt.grant, call.path);
      this.#ask("engine", ticket, attempt.grant, next, next.path);
    } else if (untranslatable !== null && lacksRoute(attempt.status)) this.#fail("engine", untranslatable, "done");
    else this.#end("engine", "done", () => failAsEngine(this.#answer, asked, this.#accepted));
  }

  /** The news of an engine's end is faster than its last bytes, which may even make the answer whole. */
  #awaitLastWords(answering: AnsweringPhase, problem: ProblemData): void {
    answering.obituary = problem;
    setTimeout(() => {
      if (this.#course.phase === answering) this.#fail("link", problem);
    }, lastWordsMs).unref();
  }

  #giveUp(attempt: Attempt, why: ProblemData | "left"): void {
    if (this.#at(attempt) === null) return;
    if (why === "left") this.#left("clock");
    else this.#fail("clock", why, "engineFailed");
  }

  #fail(who: Who, problem: ProblemData, outcome: Outcome = "aborted"): void {
    if (this.#course.phase.name !== "over") this.#end(who, outcome, () => this.#answer.fail(problem));
  }

  /** The client is gone: its work on the engine, or its place in the queue, goes too. */
  #left(who: Who): void {
    if (this.#course.phase.name === "over") return;
    this.#end(who, "aborted", () => {
      this.#answer.status = clientClosed;
      this.#answer.cut();
    });
  }

  /** `say`: the last that the client hears. */
  #end(who: Who, outcome: Outcome, say: () => void): void {
    const phase = this.#course.phase;
    if (phase.name === "over" || !this.#course.move(who, { name: "over" })) return;
    this.#parts.sweeper.delete(this);
    say();
    if (phase.name !== "waiting" && outcome !== "done") phase.attempt.cancel();
    phase.ticket?.release(outcome);
    this.#suspicion.over({ answered: outcome === "done" });
    if (phase.name === "answering") this.#accepted.record.tokens = tokensOf(this.#accepted, phase);
    this.#accepted.record.close(this.#answer);
  }
}
