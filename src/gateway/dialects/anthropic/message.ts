/** A whole chat answer as Anthropic's message. */
import { type ChatEvent, noUsage } from "../chat/events.ts";
import { toolInput } from "../chat/tool-input.ts";
import type { About } from "../translation.ts";
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

/** `thinking`: the client reads thinking blocks. */
export function messageOf({ id, model }: About, events: ChatEvent[], thinking: boolean): Record<string, unknown> {
  const finish = events.find((event) => event.kind === "finish");
  const usage = events.find((event) => event.kind === "usage")?.usage ?? noUsage;
  const content = contentOf(id, events, thinking, finish?.reason === "length");
  const called = content.some(({ type }) => type === "tool_use");
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model,
    content,
    ...endingOf(finish?.reason ?? "stop", finish?.stop ?? null, called),
    usage: usageOf(usage),
  };
}

function contentOf(id: string, events: ChatEvent[], thinking: boolean, cutOff: boolean): Record<string, unknown>[] {
  const blocks: Record<string, unknown>[] = [];
  for (const event of events) {
    if (event.kind === "reasoning" && thinking) {
      blocks.push({ type: "thinking", thinking: event.text, signature: "" });
    } else if (event.kind === "text") blocks.push({ type: "text", text: event.text });
    else if (event.kind === "call") {
      const said = events.flatMap((one) => (one.kind === "arguments" && one.index === event.index ? [one.text] : []));
      const input = toolInput(said.join(""));
      // A call that the limit cut off is none.
      if (input.whole || !cutOff) {
        blocks.push({
          type: "tool_use",
          id: event.id ?? `toolu_${id}_${event.index}`,
          name: event.name,
          input: input.value,
        });
      }
    }
  }
  return blocks;
}
