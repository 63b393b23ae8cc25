/** What an engine's chat answer says, one thing after the other, whether it came whole or in chunks. */

import type { JsonObject } from "../../../domain/json-object.ts";

export interface Usage {
  prompt: number;
  /** Of the prompt: not computed again. */
  cached: number;
  answer: number;
  /** Of the answer. */
  reasoning: number;
}

export type ChatEvent =
  /** `ofWait`: not the model's, and shown to everybody. */
  | { kind: "reasoning"; text: string; ofWait?: true }
  /** `refusal`: it says why the model does not answer. `logprobs`: of its tokens, as OpenAI's chat API has them, where they were asked for. */
  | { kind: "text"; text: string; refusal?: true; logprobs?: JsonObject[] }
  /** A tool call begins; `index` counts them from 0. No two have the same id. */
  | { kind: "call"; index: number; id: string; name: string }
  | { kind: "arguments"; index: number; text: string }
  /** `stop`: the stop string that ended it, where the engine says so. */
  | { kind: "finish"; reason: string; stop: string | null }
  | { kind: "usage"; usage: Usage };

export const noUsage: Usage = { prompt: 0, cached: 0, answer: 0, reasoning: 0 };
