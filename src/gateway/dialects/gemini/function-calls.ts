/** Which call a result answers. In Gemini's API ids are optional: the oldest open call of the name is meant then. */

export class OpenCalls {
  #open: { id: string; name: string }[] = [];
  #count = 0;

  /** The id under which the call goes on; made here where the client has none. */
  begin(given: string | null, name: string): string {
    const id = given || `call_before_${this.#count}`;
    this.#count += 1;
    this.#open.push({ id, name });
    return id;
  }

  /** Null where no open call is answered. */
  end(id: string | null, name: string): string | null {
    const byId = id ? this.#open.findIndex((call) => call.id === id) : -1;
    const found = byId >= 0 ? byId : this.#open.findIndex((call) => call.name === name);
    const [call] = found < 0 ? [] : this.#open.splice(found, 1);
    return call?.id ?? null;
  }
}

/** `output` and `error` are Google's own names for what a function gave. */
export function resultText(response: unknown): string {
  if (typeof response !== "object" || response === null) return response === undefined ? "" : String(response);
  const { output, error } = response as Record<string, unknown>;
  if (Object.keys(response).length > 1) return JSON.stringify(response);
  if (typeof output === "string") return output;
  return typeof error === "string" ? `Error: ${error}` : JSON.stringify(response);
}
