/** A whole chat answer as Anthropic's message. */
import { callsIn } from "../chat/calls.ts";
import { type ChatEvent, noUsage } from "../chat/events.ts";
import type { About } from "../translation.ts";
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

/** `thinking`: the client reads thinking blocks. */
export function messageOf({ id, model }: About, events: ChatEvent[], thinking: boolean): Record<string, unknown> {
  const finish = events.find((event) => event.kind === "finish");
  const usage = events.find((event) => event.kind === "usage")?.usage ?? noUsage;
  const content = contentOf(events, thinking, finish?.reason === "length");
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

function contentOf(events: ChatEvent[], thinking: boolean, cutOff: boolean): Record<string, unknown>[] {
  const calls = callsIn(events);
  return events.flatMap((event): Record<string, unknown>[] => {
    if (event.kind === "reasoning" && thinking) return [{ type: "thinking", thinking: event.text, signature: "" }];
    if (event.kind === "text") return [{ type: "text", text: event.text }];
    const call = event.kind === "call" ? calls.find(({ index }) => index === event.index) : undefined;
    // A call that the limit cut off is none.
    if (call === undefined || (cutOff && !call.whole)) return [];
    return [{ type: "tool_use", id: call.id, name: call.name, input: call.input }];
  });
}
