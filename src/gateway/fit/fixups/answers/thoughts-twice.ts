/**
 * What a model thought, under both of the names that a chat's clients look for. Where an engine says both, or thinks
 * nothing, its bytes pass as they came.
 */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import { wholeAnswer } from "./event-answer.ts";
import { dataOf, eventsOf, WholeEvents } from "./whole-events.ts";

export const thoughtsTwice = {
  name: "thoughts-twice",
  about:
    "For models that think: what they thought reaches clients under both of its names, `reasoning` and `reasoning_content`, in streams too. An engine says one of them.",
  example: {
    before: { role: "assistant", content: "Hi", reasoning: "A greeting." },
    after: { role: "assistant", content: "Hi", reasoning: "A greeting.", reasoning_content: "A greeting." },
  },
  apply: (message: JsonObject): JsonObject => {
    const { reasoning, reasoning_content: content } = message;
    if (isText(reasoning) && !isText(content)) return { ...message, reasoning_content: reasoning };
    return isText(content) && !isText(reasoning) ? { ...message, reasoning: content } : message;
  },
};

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** What every message with a thought has in it. */
const mark = '"reasoning';

/** `changed` is called once for an answer that was changed. */
export function thoughtsTold(streaming: boolean, changed: () => void): AnswerTranslation {
  if (!streaming) return wholeAnswer((text) => (text.includes(mark) ? (toldTwice(text, changed) ?? text) : text));
  const events = new WholeEvents();
  let isNoted = false;
  const note = () => {
    if (!isNoted) changed();
    isNoted = true;
  };
  const told = (bytes: Buffer): Buffer | string => (bytes.includes(mark) ? eventsOf(bytes).map(event).join("") : bytes);
  const event = (text: string): string => {
    const chunk = text.includes(mark) ? toldTwice(dataOf(text), note) : null;
    return chunk === null ? text : `data: ${chunk}\n\n`;
  };
  return { contentType: null, push: (chunk) => told(events.push(chunk)), end: () => told(events.rest()) };
}

/** Null where nothing is to be changed. */
function toldTwice(text: string, changed: () => void): string | null {
  const answer = parsed(text);
  let isChanged = false;
  for (const choice of listIn(answer, "choices")) {
    for (const name of ["message", "delta"] as const) {
      const said = choice[name];
      if (!isObject(said)) continue;
      choice[name] = thoughtsTwice.apply(said);
      isChanged ||= choice[name] !== said;
    }
  }
  if (!isChanged) return null;
  changed();
  return JSON.stringify(answer);
}
