/**
 * Tools that a vendor's own servers would run. Nobody can run them here: they are left out, with their names in a header,
 * and the conversation goes on. Only a request that demands such a tool is refused.
 */
import type { Problem } from "../../../domain/problem.ts";
import { badField } from "../read-request.ts";

/** `param`: where the demand stands. `kinds`: of the hosted tools. `send`: what to send instead. */
export function hostedDemanded(param: string, kinds: readonly string[], vendor: string, send: string): Problem {
  return badField(
    param,
    `demands a tool, and there is none that can be used here: ${kinds.join(", ")} run on ${vendor}'s servers only. ` +
      `Send ${send}, which the client runs, or leave the choice to the model`,
  );
}
