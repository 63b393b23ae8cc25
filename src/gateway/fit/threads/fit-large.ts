/**
 * A large request made to fit in a thread. What goes there and what comes back is data; how its answers are told is found
 * again here, from an outline of what was asked.
 */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ModelView } from "../../../link/link.ts";
import type { RequestBody } from "../../body/request-body.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import type { EngineCall } from "../call.ts";
import type { FitRequest } from "../draft.ts";
import { type Fitted, fitTo } from "../fit.ts";
import { correctedAnswer } from "../fixups/answers/corrected-answer.ts";
import { formOf } from "../form.ts";
import { type FitJob, here, type MovedCall, type MovedFitted } from "./jobs.ts";
import { largestOutline, outlineOf } from "./outline.ts";

/** Nothing is done to a request that is understood nowhere here. */
export function takesTime({ route, calls }: FitRequest): boolean {
  return route.media !== null || formOf(calls.at(-1)!.path) !== null;
}

export function fitJob(settings: FitJob["settings"], request: FitRequest, model: ModelView): FitJob {
  const { id, key, route, query, body, calls, variant, streaming, fixups, others } = request;
  return {
    kind: "fit",
    ...{ id, query, body, variant, streaming, fixups, settings, model },
    client: key.name,
    route: relayRoutes.indexOf(route),
    calls: calls.map((call) => moved(call, body)),
    others: others(),
  };
}

/** In the thread. Throws a Problem. */
export async function fitted(job: FitJob): Promise<MovedFitted> {
  const { id, query, variant, streaming, fixups, settings, model, others } = job;
  const body = here(job.body);
  const request: FitRequest = {
    ...{ id, query, body, variant, streaming, fixups },
    key: { name: job.client },
    route: relayRoutes[job.route]!,
    calls: job.calls.map((call) => received(call, body, call.isTold ? untold : null)),
    fixed: () => {},
    others: () => others,
  };
  const { model: chosen, calls, insteadOf } = await fitTo({ settings, ask: null }, request, model);
  return {
    ...{ insteadOf, came: body.bytes },
    model: chosen.id,
    calls: calls.map((call) => ({ ...moved(call, body), asked: fixups ? outlineForCalls(call) : null })),
  };
}

/** Nobody is answered there. */
function untold(): never {
  throw new Error("An answer is told where it arrives.");
}

/** Here again. `models`: of which one was chosen. */
export function receivedFit(
  { calls, came, insteadOf, model: id }: MovedFitted,
  request: FitRequest,
  models: readonly ModelView[],
): Fitted & { body: RequestBody } {
  const model = models.find((one) => one.id === id)!;
  const body = here({ ...request.body, bytes: came });
  const ways = calls.flatMap((call) => {
    const known = request.calls.find(({ path }) => path === call.path);
    // What could be told only without its files is asked as it can be told with them.
    if (known === undefined) return [];
    const own = received(call, body, known.answer);
    return [call.asked === null ? own : corrected(own, call.asked, request, model)];
  });
  return { model, calls: ways, insteadOf, body };
}

function corrected(call: EngineCall, asked: JsonObject, request: FitRequest, model: ModelView): EngineCall {
  const brief = { ...call, body: { ...call.body, bytes: Buffer.from(JSON.stringify(asked)) } };
  const draft = { form: formOf(call.path), json: asked };
  const answer = correctedAnswer(model, brief, draft, request.streaming, request.fixed);
  return answer === null ? call : { ...call, answer };
}

function moved(call: EngineCall, came: RequestBody): MovedCall {
  const { path, query, body, answer, applied, notes } = call;
  return { path, query, applied, notes, isTold: answer !== null, body: body.bytes === came.bytes ? null : body };
}

function received(call: MovedCall, came: RequestBody, answer: EngineCall["answer"]): EngineCall {
  const { path, query, applied, notes, body } = call;
  return { path, query, applied, notes, answer, body: body === null ? came : here(body) };
}

/** What calls in an answer are told by; null where nothing is to be corrected, or that is more than can be sent. */
function outlineForCalls({ answer, body, path }: EngineCall): JsonObject | null {
  if (answer === null || formOf(path) === null) return null;
  const json: unknown = JSON.parse(body.bytes.toString("utf8"));
  if (!isObject(json)) return null;
  const { tools, tool_choice, messages, input } = json;
  const asked = outlineOf({ tools, tool_choice, messages, input });
  return JSON.stringify(asked).length > largestOutline ? null : asked;
}
