/** The arguments of one call, from whatever an engine sends for them to the JSON text of one object. */
import { JsonEnd } from "./json-end.ts";
import { toolInput } from "./tool-input.ts";

export class CallArguments {
  /** What they are is not clear yet, or they are to be decoded: space, the beginning of `null`, JSON within a string. */
  #held = "";
  #kind: "unknown" | "object" | "string" | "other" = "unknown";
  readonly #end = new JsonEnd();
  /** All that was taken, for comparing. */
  #taken = "";
  #whole = false;

  /** Something of them came. */
  get begun(): boolean {
    return this.#kind !== "unknown" || this.#held.trim() !== "";
  }

  /** They are one object, and all of it came. */
  get whole(): boolean {
    return this.#whole;
  }

  /** `given` says once more what came already. */
  repeats(given: unknown): boolean {
    return textOf(given).trim() === this.#taken.trim();
  }

  /** A piece: text, or an object at once. Returns what can be passed on. What follows a whole object is noise. */
  take(given: unknown): string {
    if (this.#whole) return "";
    const text = textOf(given);
    this.#taken += text;
    if (this.#kind !== "unknown") return this.#more(text);
    const all = this.#held + text;
    const start = all.trimStart();
    if ("null".startsWith(start.trimEnd())) {
      this.#held = all;
      return "";
    }
    this.#held = "";
    this.#kind = start.startsWith("{") ? "object" : start.startsWith('"') ? "string" : "other";
    return this.#more(all);
  }

  /** The last of them. A call without arguments has an empty object. `cutOff`: by the limit, so nothing is made up. */
  close(cutOff: boolean): string {
    const { begun } = this;
    const held = this.#held;
    this.#held = "";
    if (this.#whole) return "";
    if (this.#kind === "unknown" && (!begun || held.trim() === "null")) return cutOff ? "" : "{}";
    return held;
  }

  #more(text: string): string {
    if (this.#kind === "other") return text;
    const end = this.#end.find(text);
    const own = end < 0 ? text : text.slice(0, end);
    this.#whole = end >= 0;
    if (this.#kind === "object") return own;
    this.#held += own;
    return this.#whole ? this.#decoded() : "";
  }

  /** Some models encode their arguments twice. */
  #decoded(): string {
    const text = this.#held;
    this.#held = "";
    const { whole, value } = toolInput(text);
    return whole ? JSON.stringify(value) : text;
  }
}

function textOf(given: unknown): string {
  if (typeof given === "string") return given;
  return given === undefined || given === null ? "" : JSON.stringify(given);
}
