/** The engine's answer on its way to the client, piece by piece: translated where need be, as fast as the client reads. */
import type { Logger } from "pino";
import type { ProblemData } from "../../domain/problem.ts";
import type { AnswerTranslation } from "../dialects/translation.ts";
import { problemOf } from "../http/problem-answer.ts";
import { contentsOf } from "../upstream/chunks.ts";
import type { Accepted } from "./accepted.ts";
import type { ClientAnswer } from "./client-answer.ts";
import { beginAsEngine, isMissing, keepError, overflowAtStart } from "./engine-answer.ts";
import type { Holding } from "./holding.ts";
import type { AskedPhase, AtEngine, Course } from "./phases.ts";
import { unfinished } from "./problems.ts";

interface PassageParts {
  accepted: Accepted;
  answer: ClientAnswer;
  holding: Holding;
  course: Course;
  log: Pick<Logger, "error">;
  /** What the engine sent is no answer, or none that is whole: ends the exchange. */
  fail(problem: ProblemData): void;
}

export class Passage {
  readonly #parts: PassageParts;

  constructor(parts: PassageParts) {
    this.#parts = parts;
  }

  bytes(phase: AtEngine, chunk: Buffer): void {
    phase.silence.stir();
    if (phase.name === "asked" && phase.attempt.status >= 300) {
      keepError(phase.error, chunk, this.#parts.accepted.hold);
      return;
    }
    const overflow = phase.name === "asked" ? overflowAtStart(this.#parts.accepted.model, chunk) : null;
    if (overflow !== null) this.#parts.fail(overflow);
    else
      this.#pass(phase, phase.translation === null ? chunk : this.#told(phase.translation, ({ push }) => push(chunk)));
  }

  /** Whole chunks, in their coding. */
  chunks(phase: AtEngine, chunks: Buffer): void {
    const { answer, course } = this.#parts;
    if (phase.translation === null && answer.takesChunks) {
      phase.silence.stir();
      if (!answer.writeChunks(chunks, this.#drained)) phase.attempt.pause();
      return;
    }
    for (const content of contentsOf(chunks)) {
      const present = course.atEngine;
      if (present?.attempt === phase.attempt) this.bytes(present, content);
    }
  }

  /** The engine has ended its answer. True where that is all of it; else it was failed. */
  ended(phase: AtEngine): boolean {
    const { course, accepted, answer, fail } = this.#parts;
    if (phase.translation !== null)
      this.#pass(
        phase,
        this.#told(phase.translation, ({ end }) => end()),
      );
    const asked = course.phase;
    if (asked.name === "asked" && !isMissing(asked)) this.#begin(asked);
    if (course.phase.name === "over") return false;
    const isWhole = course.phase.name === "answering" && answer.ending?.is !== "unfinished";
    if (!isWhole) fail(unfinished(accepted.model));
    return isWhole;
  }

  /** What the translation makes of it; nothing where that shows the answer to be broken, which ends the exchange. */
  #told(translation: AnswerTranslation, tell: (translation: AnswerTranslation) => Buffer | string): Buffer | string {
    try {
      return tell(translation);
    } catch (error) {
      this.#parts.fail(problemOf(error, this.#parts.log));
      return "";
    }
  }

  #pass(phase: AtEngine, bytes: Buffer | string): void {
    if (bytes.length === 0) return;
    if (phase.name === "asked") this.#begin(phase);
    if (!this.#parts.answer.write(bytes, this.#drained)) phase.attempt.pause();
  }

  /** The engine's head, now that something follows it. */
  #begin(asked: AskedPhase): void {
    const { accepted, answer, holding, course } = this.#parts;
    const { error: _, ...kept } = asked;
    if (!course.move("engine", { ...kept, name: "answering", obituary: null })) return;
    beginAsEngine(answer, asked, accepted, holding.header);
    for (const name of asked.call.applied) accepted.record.fixups.add(name);
    accepted.record.firstByteMs = performance.now() - holding.startedAt;
  }

  #drained = (): void => {
    const phase = this.#parts.course.atEngine;
    if (phase === null) return;
    phase.silence.stir();
    phase.attempt.resume();
  };
}
