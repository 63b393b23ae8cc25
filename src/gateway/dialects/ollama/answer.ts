/** What an engine's chat answer, or its being loaded, becomes for an Ollama client. */
import { type ChatEvent, noUsage } from "../chat/events.ts";
import { streamed, whole } from "../chat/translate-answer.ts";
import type { About, AnswerTranslation, Clock } from "../translation.ts";
import { ending, line, logprobsOf, type Said, type Shape, toolCalls } from "./answer-line.ts";
import { AnswerStream } from "./answer-stream.ts";

/** `asked`: the engine, of the chat or text route. */
export function answerOf(shape: Shape, asked: Record<string, unknown>, about: About, clock: Clock): AnswerTranslation {
  if (asked.stream === true) return streamed(about, asked, new AnswerStream(shape, about, clock));
  return whole(about, asked, (events) => wholeLine(shape, events, about, clock));
}

function wholeLine(shape: Shape, events: ChatEvent[], about: About, clock: Clock): object {
  const finish = events.find((event) => event.kind === "finish");
  const usage = events.find((event) => event.kind === "usage")?.usage ?? noUsage;
  const thinking = textOf(events, "reasoning");
  const said: Said = {
    text: textOf(events, "text"),
    ...(thinking === "" ? {} : { thinking }),
    calls: toolCalls(events),
  };
  return line(about, clock.now(), {
    ...shape(said),
    ...logprobsOf(events),
    ...ending(finish?.reason ?? "stop", usage, clock, null),
  });
}

/** For a request without a prompt: the model was to be there, or to go. */
export function residenceAnswer(
  shape: Shape,
  reason: "load" | "unload",
  about: About,
  clock: Clock,
): AnswerTranslation {
  const fields = { ...shape({ text: "" }), done: true, done_reason: reason };
  return ownAnswer(line(about, clock.now(), fields));
}

/** Where nothing was asked of an engine. */
export function ownAnswer(answer: object): AnswerTranslation {
  return {
    contentType: "application/json; charset=utf-8",
    push: () => "",
    end: () => `${JSON.stringify(answer)}\n`,
  };
}

function textOf(events: ChatEvent[], kind: "reasoning" | "text"): string {
  return events.flatMap((event) => (event.kind === kind ? [event.text] : [])).join("");
}
