/** Calls in the words of a chat's stream. */
import type { JsonObject } from "../../../domain/json-object.ts";
import type { CallEvent } from "./tool-calls.ts";

export interface CallDelta {
  index: number;
  id?: string;
  type?: "function";
  function: { name?: string; arguments: string };
}

/** A call's beginning and its first arguments are one piece. */
export function callDeltas(events: CallEvent[]): CallDelta[] {
  const deltas: CallDelta[] = [];
  for (const event of events) {
    const { index } = event;
    const last = deltas.at(-1);
    if (event.kind === "call") {
      deltas.push({ index, id: event.id, type: "function", function: { name: event.name, arguments: "" } });
    } else if (event.kind === "arguments") {
      if (last?.index === index) last.function.arguments += event.text;
      else deltas.push({ index, function: { arguments: event.text } });
    }
  }
  return deltas;
}

/** A piece that says just this, in the way that all clients of the API understand. `begun`: how many calls clients know. */
export function isPlain(piece: JsonObject, deltas: CallDelta[], begun: number): boolean {
  const called = piece.function as JsonObject | null | undefined;
  const given = called?.arguments ?? "";
  if (called?.arguments === null || deltas.length > 1) return false;
  const [delta] = deltas;
  // A piece of a call that is still held would begin it without a name.
  if (delta === undefined && !(Number(piece.index ?? 0) < begun)) return false;
  if (delta?.id === undefined) {
    if (delta !== undefined && piece.index !== delta.index) return false;
    return isUnsaid(piece.id) && isUnsaid(called?.name) && given === (delta?.function.arguments ?? "");
  }
  const same = piece.index === delta.index && piece.id === delta.id && piece.type === delta.type;
  return same && called?.name === delta.function.name && given === delta.function.arguments;
}

function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
