/** A chat stream as vLLM sends it, for tests of translations. */

type Delta = Record<string, unknown>;

export const said = {
  text: (content: string): Delta[] => [{ delta: { content } }],
  reasoning: (text: string): Delta[] => [{ delta: { reasoning_content: text } }],
  call: (index: number, name: string, ...pieces: string[]): Delta[] => [
    { delta: { tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name, arguments: "" } }] } },
    ...pieces.map((text) => ({ delta: { tool_calls: [{ index, function: { arguments: text } }] } })),
  ],
  finish: (finish_reason: string, stop_reason: string | null = null): Delta[] => [
    { delta: {}, finish_reason, stop_reason },
  ],
};

/** One string per event: an opening one without words, what is said, and after a finish usage and `[DONE]`. */
export function engineStream(deltas: Delta[][]): string[] {
  const chunk = (fields: object) =>
    `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", ...fields })}\n\n`;
  const all = deltas.flat();
  const events = [{ delta: { role: "assistant", content: "" } } as Delta, ...all].map((fields) =>
    chunk({ choices: [{ index: 0, finish_reason: null, ...fields }] }),
  );
  if (!all.some(({ finish_reason }) => finish_reason !== undefined)) return events;
  const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
  return [...events, chunk({ choices: [], usage }), "data: [DONE]\n\n"];
}
