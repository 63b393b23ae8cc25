/** A chat answer told piece by piece or at once, each as an AnswerTranslation over one API's words. */

import type { About, AnswerTranslation } from "../translation.ts";
import { KeptAnswer } from "./answer-bounds.ts";
import { AnswerReader } from "./answer-reader.ts";
import { callContext } from "./call-context.ts";
import type { ChatEvent } from "./events.ts";
import { answerIn } from "./whole-reader.ts";

/** Writes one API's stream. */
export interface AnswerWriter {
  contentType: string;
  /** What the client reads for this, maybe nothing. A call's arguments follow it before anything else is said. */
  write(event: ChatEvent): string;
  /** The last words, after every event; only a whole answer has them. */
  end(): string;
}

/** As a stream. `asked`: the chat request. */
export function streamed(about: About, asked: Record<string, unknown>, writer: AnswerWriter): AnswerTranslation {
  const reader = new AnswerReader(nameOf(about), callContext(about.id, asked));
  const told = (events: ChatEvent[]) => events.map((event) => writer.write(event)).join("");
  return {
    contentType: writer.contentType,
    push: (chunk) => told(reader.push(chunk)),
    think: (text) => writer.write({ kind: "reasoning", text, ofWait: true }),
    whole: () => reader.whole,
    end: () => told(reader.end()) + writer.end(),
  };
}

/** At once. `body`: the API's, for what the engine said. */
export function whole(
  about: About,
  asked: Record<string, unknown>,
  body: (events: ChatEvent[]) => object,
): AnswerTranslation {
  const reader = new AnswerReader(nameOf(about), callContext(about.id, asked));
  const events: ChatEvent[] = [];
  return {
    contentType: jsonType,
    push(chunk) {
      for (const event of reader.push(chunk)) events.push(event);
      return "";
    },
    whole: () => reader.whole,
    end: () => JSON.stringify(body(joined([...events, ...reader.end()]))),
  };
}

/** Any JSON answer, translated once it is whole. */
export function buffered(model: string, body: (answer: Record<string, unknown>) => object): AnswerTranslation {
  const kept = new KeptAnswer();
  return {
    contentType: jsonType,
    push(chunk) {
      kept.add(chunk);
      return "";
    },
    end: () => JSON.stringify(body(answerIn(model, kept.whole()))),
  };
}

const jsonType = "application/json; charset=utf-8";

function nameOf({ model }: About): string {
  return model ?? "the model";
}

/** What was streamed to one who wants it at once: words that follow one another are one text. */
function joined(events: ChatEvent[]): ChatEvent[] {
  const result: ChatEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (last?.kind === "reasoning" && event.kind === "reasoning") {
      result[result.length - 1] = { kind: "reasoning", text: last.text + event.text };
    } else if (last?.kind === "text" && event.kind === "text" && last.refusal === event.refusal) {
      const logprobs = [...(last.logprobs ?? []), ...(event.logprobs ?? [])];
      const text = last.text + event.text;
      result[result.length - 1] = { ...event, text, ...(logprobs.length > 0 ? { logprobs } : {}) };
    } else result.push(event);
  }
  return result;
}
