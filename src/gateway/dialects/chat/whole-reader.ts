/** A chat answer that came at once, as events. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { Problem, type ProblemData } from "../../../domain/problem.ts";
import type { CallContext } from "./call-context.ts";
import { ChoiceReader } from "./choice-reader.ts";
import { engineProblem, errorStatus, givenUp, isGivenUp, notAnAnswer } from "./engine-problem.ts";
import type { ChatEvent } from "./events.ts";
import { fields, list, usageEvents } from "./read-message.ts";

/** Throws a Problem where it is none. */
export function wholeEvents(model: string, context: CallContext, bytes: Buffer): ChatEvent[] {
  return choicesIn(model, context, answerIn(model, bytes))[0]!;
}

/** Of each choice, at least one; each ends with the usage of all. Throws a Problem where it is no answer. */
export function choicesIn(model: string, context: CallContext, answer: JsonObject): ChatEvent[][] {
  const choices = list(answer.choices);
  const [choice] = choices;
  if (choice === undefined && isObject(answer.error)) {
    throw problem(engineProblem(model, errorStatus(answer.error), JSON.stringify(answer)));
  }
  if (choice === undefined) throw problem(notAnAnswer(model, "gave an answer without a choice"));
  return choices.map((one) => {
    if (isGivenUp(choice)) throw problem(givenUp(model));
    const reader = new ChoiceReader(context);
    return [...reader.read(one, one.message), ...reader.end(), ...usageEvents(answer.usage)];
  });
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
