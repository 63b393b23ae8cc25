/** Ids of the calls of one answer. Clients take two calls with one id for the same, in one answer and in a whole conversation. */
import type { CallContext } from "./call-context.ts";

export class FreshIds {
  readonly #before: ReadonlySet<string>;
  readonly #start: string;
  readonly #taken = new Set<string>();

  constructor({ idsBefore, idStart }: Pick<CallContext, "idsBefore" | "idStart">) {
    this.#before = idsBefore;
    this.#start = idStart;
  }

  /** `given`: the engine's, or null; it is kept where nobody else has it. `index`: of the call in the answer. */
  of(given: string | null, index: number): string {
    const own = given === null || this.#before.has(given) ? `${this.#start}${index}` : given;
    let id = own;
    for (let n = 1; this.#taken.has(id); n++) id = `${own}_${n}`;
    this.#taken.add(id);
    return id;
  }
}

/** An id as engines send it, which may be a number; null where it is none. */
export function idIn(given: unknown): string | null {
  if (typeof given === "number") return String(given);
  return typeof given === "string" && given !== "" ? given : null;
}
