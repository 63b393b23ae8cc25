/** The words that a body for an engine is in: those of one of the routes that engines have. */
export type Form = "chat" | "messages" | "responses" | "text";

const forms = new Map<string | null, Form>([
  ["/v1/chat/completions", "chat"],
  ["/v1/messages", "messages"],
  ["/v1/responses", "responses"],
  ["/v1/completions", "text"],
]);

/** `path`: the engine's route. Null where nothing of its body is understood here. */
export function formOf(path: string | null): Form | null {
  return forms.get(path) ?? null;
}
