/** A request that has to do with what is kept for its key, as it is to be asked of an engine that knows nothing of it. */
import { type RequestBody, rewritten } from "../body/request-body.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Kept } from "../kept/kept.ts";
import type { EngineCall } from "./call.ts";

export interface RecalledRequest {
  body: RequestBody;
  /** Over all that is done to its calls: their answers are kept. */
  keep(calls: EngineCall[]): EngineCall[];
}

/** `body`: of JSON. Throws a Problem where it goes on from what is not here. */
export function recalled({ recall }: RelayRoute, body: RequestBody, kept: Kept): RecalledRequest {
  const found = recall === undefined ? null : recall(body.bytes, kept);
  if (found === null) return { body, keep: (calls) => calls };
  const { answer } = found;
  const keep = (call: EngineCall): EngineCall =>
    answer === null ? call : { ...call, answer: (about, clock) => answer(call.answer?.(about, clock) ?? null, about) };
  return { body: found.body === null ? body : rewritten(body, found.body), keep: (calls) => calls.map(keep) };
}
