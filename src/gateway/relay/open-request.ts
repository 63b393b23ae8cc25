/** An exchange as its owner and operators may see it while it goes on. */
import type { OpenRequestView } from "../../domain/open-request.ts";
import type { Accepted } from "./accepted.ts";
import type { Phase } from "./phases.ts";
import { progressOf } from "./progress.ts";

export function openRequest({ id, key, model, record }: Accepted, phase: Phase): OpenRequestView {
  const state = phase.name === "waiting" ? "waiting" : "answering";
  return { id, key: key.name, model, since: record.at, state, ...progressOf(phase) };
}
