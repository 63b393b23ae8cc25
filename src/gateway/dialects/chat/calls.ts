/** The tool calls among the events of an answer, whole. */
import type { ChatEvent } from "./events.ts";
import { toolInput } from "./tool-input.ts";

export interface WholeCall {
  index: number;
  id: string;
  name: string;
  input: Record<string, unknown>;
  /** Its arguments came to their end as an object. */
  whole: boolean;
}

export function callsIn(events: ChatEvent[]): WholeCall[] {
  const calls: { index: number; id: string; name: string; text: string }[] = [];
  for (const event of events) {
    const last = calls.at(-1);
    if (event.kind === "call") calls.push({ index: event.index, id: event.id, name: event.name, text: "" });
    else if (event.kind === "arguments" && last !== undefined) last.text += event.text;
  }
  return calls.map(({ text, ...call }) => {
    const { whole, value } = toolInput(text);
    // One without arguments has an empty object by now; without that it was cut off.
    return { ...call, input: value, whole: whole && text !== "" };
  });
}
