/**
 * What Codex reads of a list of models. It asks with `client_version`, wants a list `models` of its own kind, and logs a
 * failure at every start where there is none (codex-rs/codex-api/src/endpoint/models.rs). An entry there would carry the
 * agent's whole instructions, and replace those that it has: an empty list leaves it what it brings. Its window comes
 * from `hearth connect codex`.
 */
export function codexModels(query: URLSearchParams): { models?: [] } {
  // To nobody else: what was written for Ollama too would read this one first.
  return query.has("client_version") ? { models: [] } : {};
}
