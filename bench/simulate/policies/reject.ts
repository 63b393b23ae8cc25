/** 429 while another model is in use; clients come back and some give up, which flatters the figures. */
import type { PolicyMaker } from "../policy.ts";
import { admitWhere, rigged } from "./rig.ts";

/** A model that was used within this time counts as in use. */
const inUseSeconds = 3;
/** How soon a client is told to ask again. */
const retrySeconds = 15;

export const reject: PolicyMaker = (machine) =>
  rigged(machine, (rig) => {
    admitWhere(rig, () => true);
    for (const request of rig.waiting) {
      const engine = rig.engineOf(request);
      rig.bring(engine, (victim) => rig.at - victim.lastUsedAt >= inUseSeconds);
      const coming = engine.phase !== "absent" || Object.values(rig.engines).some(({ phase }) => phase === "stopping");
      if (!coming) rig.refuse(request, retrySeconds);
    }
    return null;
  });
