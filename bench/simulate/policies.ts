/** The policies by the names that people type. */
import { bypass } from "./policies/bypass.ts";
import { fifo } from "./policies/fifo.ts";
import { gated } from "./policies/gated.ts";
import { hearth } from "./policies/hearth.ts";
import { reject } from "./policies/reject.ts";
import type { PolicyMaker } from "./policy.ts";

export const policyNames = ["fifo", "gated", "bypass", "reject", "hearth"] as const;
export type PolicyName = (typeof policyNames)[number];

export const policies: Record<PolicyName, PolicyMaker> = { fifo, gated, bypass, reject, hearth: hearth() };
