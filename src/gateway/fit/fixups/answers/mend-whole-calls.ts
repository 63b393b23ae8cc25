/** The tool calls of an answer that comes at once. */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import type { CallContext } from "../../../dialects/chat/call-context.ts";
import { type CallDelta, callDeltas } from "../../../dialects/chat/call-deltas.ts";
import { reasonOf } from "../../../dialects/chat/choice-reader.ts";
import { ToolCalls } from "../../../dialects/chat/tool-calls.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import { listIn, parsed } from "./answer-json.ts";
import { wholeAnswer } from "./event-answer.ts";

/** `mark`: what an answer without has no calls. */
export function mendedWhole(mark: string, context: () => CallContext, changed: () => void): AnswerTranslation {
  return wholeAnswer((text) => {
    if (!text.includes(mark)) return text;
    const answer = parsed(text);
    const changes = listIn(answer, "choices").map((choice) => mended(choice, context()));
    if (!changes.includes(true)) return text;
    changed();
    return JSON.stringify(answer);
  });
}

/** True where the choice was changed. */
function mended(choice: JsonObject, context: CallContext): boolean {
  const { message, finish_reason: reason } = choice;
  if (!isObject(message)) return false;
  const given = listIn(message, "tool_calls");
  const calls = new ToolCalls(context);
  const events = [...calls.take(given).flat(), ...calls.end(reason === "length")];
  const merged = merge(callDeltas(events));
  const isSame = given.length === merged.length && given.every((call, at) => isEqual(call, merged[at]!));
  if (!isSame) message.tool_calls = merged.map(({ index: _, ...call }) => call);
  if (typeof reason === "string") choice.finish_reason = reasonOf(reason, merged.length > 0);
  return !isSame || choice.finish_reason !== reason;
}

/** One piece for each call. */
function merge(deltas: CallDelta[]): CallDelta[] {
  const calls: CallDelta[] = [];
  for (const delta of deltas) {
    const call = calls[delta.index];
    if (call === undefined) calls[delta.index] = delta;
    else call.function.arguments += delta.function.arguments;
  }
  return calls;
}

function isEqual(given: JsonObject, { id, type, function: called }: CallDelta): boolean {
  const own = given.function;
  if (given.id !== id || given.type !== type || !isObject(own)) return false;
  return own.name === called.name && own.arguments === called.arguments;
}
