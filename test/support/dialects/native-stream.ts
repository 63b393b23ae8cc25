/** Streams of engines that speak Messages or Responses themselves, for tests of what becomes of them. */

export type NativePart = { text: string[] } | { call: { id: unknown; name: string; pieces: unknown[] } };

type Event = Record<string, unknown> & { type: string };

const written = (event: Event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** One string per event. */
export function messagesStream(parts: NativePart[], stopReason: string): string[] {
  const message = { id: "msg_1", type: "message", role: "assistant", content: [], usage: { input_tokens: 1 } };
  const blocks = parts.flatMap((part, index): Event[] => {
    const isText = "text" in part;
    const content_block = isText
      ? { type: "text", text: "" }
      : { type: "tool_use", id: part.call.id, name: part.call.name, input: {} };
    const deltas = isText
      ? part.text.map((text) => ({ type: "text_delta", text }))
      : part.call.pieces.map((partial_json) => ({ type: "input_json_delta", partial_json }));
    return [
      { type: "content_block_start", index, content_block },
      ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
      { type: "content_block_stop", index },
    ];
  });
  return [
    { type: "message_start", message },
    ...blocks,
    { type: "message_delta", delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 3 } },
    { type: "message_stop" },
  ].map(written);
}

/** One string per event, each with its number. */
export function responsesStream(parts: NativePart[]): string[] {
  const output = parts.map((part, at) => itemOf(part, at));
  const head = { id: "resp_1", object: "response" };
  const events: Event[] = [
    { type: "response.created", response: { ...head, status: "in_progress", output: [] } },
    ...parts.flatMap((part, at) => itemEvents(part, at)),
    { type: "response.completed", response: { ...head, status: "completed", output } },
  ];
  return events.map((event, sequence_number) => written({ ...event, sequence_number }));
}

function itemEvents(part: NativePart, output_index: number): Event[] {
  const item = itemOf(part, output_index);
  const place = { output_index, item_id: item.id };
  const done = { type: "response.output_item.done", output_index, item };
  if ("call" in part) {
    const begun = { ...item, arguments: "", status: "in_progress" };
    return [
      { type: "response.output_item.added", output_index, item: begun },
      ...part.call.pieces.map((delta) => ({ type: "response.function_call_arguments.delta", ...place, delta })),
      { type: "response.function_call_arguments.done", ...place, arguments: item.arguments },
      done,
    ];
  }
  const spot = { ...place, content_index: 0 };
  const text = part.text.join("");
  return [
    { type: "response.output_item.added", output_index, item: { ...item, content: [], status: "in_progress" } },
    { type: "response.content_part.added", ...spot, part: { type: "output_text", text: "", annotations: [] } },
    ...part.text.map((delta) => ({ type: "response.output_text.delta", ...spot, delta })),
    { type: "response.output_text.done", ...spot, text },
    { type: "response.content_part.done", ...spot, part: { type: "output_text", text, annotations: [] } },
    done,
  ];
}

export function itemOf(part: NativePart, at: number): Record<string, unknown> & { type: string } {
  if ("call" in part) {
    const { id, name, pieces } = part.call;
    const given = pieces.every((piece) => typeof piece === "string") ? pieces.join("") : pieces[0];
    return { type: "function_call", id: `fc_${at}`, call_id: id, name, arguments: given, status: "completed" };
  }
  const content = [{ type: "output_text", text: part.text.join(""), annotations: [] }];
  return { type: "message", id: `msg_${at}`, role: "assistant", content, status: "completed" };
}
