/** Status: what cannot be used says why, and what to use instead. */
import type { CatalogFields } from "../schema.ts";
import type { Fault } from "./fault.ts";

export function statusFaults({ status, statusReason, alternative, summary, license, goodFor }: CatalogFields): Fault[] {
  const faults: Fault[] = [];
  if (status === undefined) faults.push({ path: ["status"], message: "missing: how far the model can be trusted." });
  if (summary === undefined) faults.push({ path: ["summary"], message: "missing: one line for people." });
  if (goodFor === undefined) faults.push({ path: ["goodFor"], message: "missing: what the model is good for." });
  if (license === undefined) faults.push({ path: ["license"], message: "missing: the licence of the weights." });
  if ((status === "disabled" || status === "manual" || status === "experimental") && statusReason === undefined) {
    faults.push({ path: ["statusReason"], message: `missing: why it is ${status}.` });
  }
  if (status === "disabled" && alternative === undefined) {
    faults.push({ path: ["alternative"], message: "missing: what to use instead of a disabled model." });
  }
  return faults;
}
