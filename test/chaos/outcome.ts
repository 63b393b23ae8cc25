/** What became of a request, as its client could tell. */

export const outcomes = [
  "whole",
  "cut for all to see",
  "refused with words",
  "left by its client",
  "lost",
  "looks whole but is not",
  "refused without words",
] as const;
export type Outcome = (typeof outcomes)[number];

/** These must not happen. */
export const forbidden: readonly Outcome[] = ["lost", "looks whole but is not", "refused without words"];

/** The fake engine's answer of so many words. */
export function wordsOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `word${index + 1} `).join("");
}

/** Of a buffered answer that came whole. */
export function outcomeOfBody(status: number, text: string, words: number): Outcome {
  const body = parsed(text) as { choices?: { message?: { content?: string } }[]; error?: { code?: unknown } } | null;
  if (status !== 200) return typeof body?.error?.code === "string" ? "refused with words" : "refused without words";
  return body?.choices?.[0]?.message?.content === wordsOf(words) ? "whole" : "looks whole but is not";
}

/** Of a stream. `ended`: it was closed as HTTP wants it, not cut. */
export function outcomeOfStream(status: number, text: string, ended: boolean, words: number): Outcome {
  if (status !== 200) return outcomeOfBody(status, text, words);
  const events = text
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice(6));
  if (!ended)
    return events.includes("[DONE]") && said(events) !== wordsOf(words)
      ? "looks whole but is not"
      : "cut for all to see";
  if (events.some((event) => "error" in (parsed(event) ?? {}))) return "refused with words";
  return events.at(-1) === "[DONE]" && said(events) === wordsOf(words) ? "whole" : "looks whole but is not";
}

function said(events: string[]): string {
  return events
    .map(
      (event) =>
        (parsed(event) as { choices?: { delta?: { content?: string } }[] } | null)?.choices?.[0]?.delta?.content,
    )
    .join("");
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
