/**
 * A wait told as if the model thought aloud, for people whose client shows nothing else of it. What was said is a part of
 * the answer then, so that the translation of the engine's answer has to go on from there.
 */

import type { Progress } from "../../link/link.ts";
import type { AnswerTranslation, Clock } from "../dialects/translation.ts";
import type { EngineCall } from "../fit/call.ts";
import type { Accepted } from "./accepted.ts";

export class SpokenWait {
  readonly #accepted: Accepted;
  /** Says it in the words of the client's API; null where only the API itself has words for it, or none. */
  readonly #voice: AnswerTranslation | null;
  readonly #said: string[] = [];

  constructor(accepted: Accepted, clock: Clock) {
    this.#accepted = accepted;
    this.#voice = accepted.calls.at(-1)!.answer?.(accepted, clock) ?? null;
  }

  /** What the client reads; null where there is nothing new to say, or its API has no place for thoughts. */
  readonly say = (progress: Progress): string | null => {
    const { model, route } = this.#accepted;
    const words = wordsOf(model, progress);
    if (words === this.#said.at(-1)) return null;
    const ofApi = route.work === "chat" ? route.dialect.thought : null;
    const spoken = this.#voice?.think?.(words) ?? ofApi?.(words, this.#accepted) ?? null;
    if (spoken !== null) this.#said.push(words);
    return spoken;
  };

  /** How an engine can be asked: what an engine says in the API's own words would begin anew. */
  get calls(): EngineCall[] {
    const { calls } = this.#accepted;
    return this.#said.length > 0 && this.#voice?.think !== undefined ? calls.slice(-1) : calls;
  }

  /** Brings the translation of a new attempt to where the client is: it has read the words already. */
  goOn(translation: AnswerTranslation | null): void {
    for (const words of this.#said) translation?.think?.(words);
  }
}

function wordsOf(model: string, { phase, percent, secondsLeft }: Progress): string {
  const done = percent === null ? "" : `, ${Math.round(percent)} %`;
  const left = secondsLeft === null ? "" : `, about ${Math.ceil(secondsLeft)} s left`;
  return `Waiting for ${model}: ${phase}${done}${left}.\n`;
}
