/** A small question of the gateway's own to an engine that is there already. */
import type { KeyConfig } from "../../config/types.ts";
import type { Grant, Link, Ticket } from "../../link/link.ts";
import type { Engines } from "./engines.ts";
import { wholeAnswer } from "./whole-answer.ts";

export interface AskParts {
  link: Pick<Link, "acquire" | "snapshot">;
  engines: Engines;
}

/** Nobody waits longer for a number that can be estimated. */
const patienceMs = 5000;

/**
 * The engine's JSON answer, or null where the model is not ready, has no room, or does not answer in time. Never
 * starts a model, and does not keep it from stopping.
 */
export async function askResident(
  { link, engines }: AskParts,
  model: string,
  key: Pick<KeyConfig, "name">,
  id: string,
  path: string,
  body: Record<string, unknown>,
): Promise<unknown> {
  if (link.snapshot().models.find((one) => one.id === model)?.state !== "ready") return null;
  const lease = Promise.withResolvers<Grant | null>();
  const ended = AbortSignal.timeout(patienceMs);
  const lost = () => lease.resolve(null);
  ended.addEventListener("abort", lost);
  const request = { id, model, client: key.name, priority: "batch", work: "tokens", whenBusy: "reject" } as const;
  const ticket: Ticket = link.acquire(request, { granted: lease.resolve, refused: lost, cut: lost });
  try {
    const grant = await lease.promise;
    return grant === null ? null : await ask(engines, grant, path, body, ended);
  } catch {
    return null;
  } finally {
    ticket.release("done");
  }
}

async function ask(
  engines: Engines,
  grant: Grant,
  path: string,
  body: Record<string, unknown>,
  signal: AbortSignal,
): Promise<unknown> {
  const headers = ["content-type", "application/json"];
  if (grant.apiKey !== null) headers.push("authorization", `Bearer ${grant.apiKey}`);
  const bytes = Buffer.from(JSON.stringify({ ...body, model: grant.servedName }));
  const answer = await wholeAnswer(engines.to(grant), { path, headers, body: bytes, signal });
  return answer.status === 200 ? JSON.parse(answer.body.toString("utf8")) : null;
}
