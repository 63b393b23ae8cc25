/** A chat answer that came at once, as events. */
import { isObject } from "../../../domain/json-object.ts";
import { Problem, type ProblemData } from "../../../domain/problem.ts";
import type { CallContext } from "./call-context.ts";
import { ChoiceReader } from "./choice-reader.ts";
import { engineProblem, errorStatus, notAnAnswer } from "./engine-problem.ts";
import type { ChatEvent } from "./events.ts";
import { fields, list, usageEvents } from "./read-message.ts";

/** Throws a Problem where it is none. */
export function wholeEvents(model: string, context: CallContext, bytes: Buffer): ChatEvent[] {
  const answer = answerIn(model, bytes);
  const choice = list(answer.choices)[0];
  if (choice === undefined && isObject(answer.error)) {
    throw problem(engineProblem(model, errorStatus(answer.error), JSON.stringify(answer)));
  }
  if (choice === undefined) throw problem(notAnAnswer(model, "gave an answer without a choice"));
  const reader = new ChoiceReader(context);
  return [...reader.read(choice, choice.message), ...reader.end(), ...usageEvents(answer.usage)];
}

/** The JSON object that an engine answered. Throws a Problem. */
export function answerIn(model: string, bytes: Buffer): Record<string, unknown> {
  try {
    return fields(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw problem(notAnAnswer(model, "gave an answer that is not JSON"));
  }
}

function problem({ code, message, ...extra }: ProblemData): Problem {
  return new Problem(code, message, extra);
}
