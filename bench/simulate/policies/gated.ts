/**
 * Gated collation: as soon as somebody waits for another model the gate of the loaded one closes; it finishes, and
 * all who wait for the next model by the time it is ready go in together.
 */
import type { PolicyMaker } from "../policy.ts";
import { admitWhere, type Rig, type RigEngine, rigged } from "./rig.ts";

export const gated: PolicyMaker = (machine) =>
  rigged(machine, (rig) => {
    const closed = gatesClosed(rig);
    admitWhere(rig, (request) => {
      const engine = rig.engineOf(request);
      return engine.waitedFor.has(request.id) || !closed.has(engine);
    });
    for (const request of rig.waiting) rig.bring(rig.engineOf(request));
    return null;
  });

/** Engines that must make room for the first waiter whose model is not loaded: their gates are closed. */
function gatesClosed(rig: Rig): Set<RigEngine> {
  const first = rig.waiting.find((request) => {
    const engine = rig.engineOf(request);
    return engine.phase === "absent" && engine.lifecycle !== "utility";
  });
  const victims = first === undefined ? [] : rig.victimsFor(rig.engineOf(first), () => true);
  return new Set(victims);
}
