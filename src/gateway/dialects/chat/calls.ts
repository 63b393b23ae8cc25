/** The tool calls of an answer, put together from their pieces. */
import type { ChatEvent } from "./events.ts";
import { toolInput } from "./tool-input.ts";

export interface WholeCall {
  index: number;
  id: string | null;
  name: string;
  input: Record<string, unknown>;
  /** Its arguments came to their end as an object. */
  whole: boolean;
}

export function callsIn(events: ChatEvent[]): WholeCall[] {
  return events.flatMap((event) => {
    if (event.kind !== "call") return [];
    const said = events.flatMap((one) => (one.kind === "arguments" && one.index === event.index ? [one.text] : []));
    const { whole, value } = toolInput(said.join(""));
    const { index, id, name } = event;
    return [{ index, id, name, input: value, whole }];
  });
}
