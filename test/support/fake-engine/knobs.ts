import type { IncomingHttpHeaders } from "node:http";
import type { Evil } from "./evil.ts";

/** What one request may ask of the fake engine: a `fake` object in its JSON body, or `x-fake-<knob>` headers. */
export interface Knobs {
  /** Length of the answer; `max_tokens` caps it. */
  tokens: number;
  /** Tokens a second; 0 = as fast as it can. */
  rate: number;
  firstTokenMs: number;
  /** Repeats this word instead of counting: `word1 word2 ...`. */
  say?: string;
  /** Thought before the answer. */
  reason?: string;
  /** Tools called after the words. As a header: JSON. */
  calls?: { name: string; arguments: unknown }[];
  /** Name in the stats. */
  tag?: string;
  /** Where the misfortune below happens: before the headers, or after that many tokens (0 = after the headers). */
  after?: "headers" | number;
  /**
   * `crash`: the process exits. `cut`: only this connection ends. `hang`: nothing more comes.
   * `freeze`: the process stands still. `gate`: nothing more comes before `POST /fake/gate/<tag>`. The rest: `evil.ts`.
   */
  fate?: "crash" | "cut" | "hang" | "freeze" | "gate" | Evil;
  /** The fate only strikes the first request with this tag that the stats file knows. */
  once?: boolean;
  /** Answers with this status and an error object. */
  status?: number;
  /** Answers with what arrived: method, url, headers and the SHA-256, length and base64 of the body. */
  echo?: boolean;
}

const numbers = new Set(["tokens", "rate", "firstTokenMs", "status"]);
const flags = new Set(["once", "echo"]);

/** Headers win over the body, the body over the engine's own defaults. */
export function knobsOf(headers: IncomingHttpHeaders, body: unknown, defaults: Knobs): Knobs {
  const knobs: Record<string, unknown> = { ...defaults };
  const fake = (body as { fake?: unknown } | undefined)?.fake;
  if (typeof fake === "object" && fake !== null) Object.assign(knobs, fake);
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith("x-fake-") || typeof value !== "string") continue;
    const knob = name.slice("x-fake-".length).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (numbers.has(knob)) knobs[knob] = Number(value);
    else if (flags.has(knob)) knobs[knob] = value !== "false";
    else if (knob === "calls") knobs[knob] = JSON.parse(value);
    else if (knob === "after") knobs[knob] = value === "headers" ? value : Number(value);
    else knobs[knob] = value;
  }
  return knobs as unknown as Knobs;
}
