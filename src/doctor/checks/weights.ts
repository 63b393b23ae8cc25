import { join } from "node:path";
import { type Check, pass, skip, warn } from "../check.ts";

export const weights: Check = {
  name: "weights",
  async look({ chosen, home, host }) {
    const wanted = chosen.flatMap(({ id, weights: spec }) => (spec === undefined ? [] : [{ id, spec }]));
    const inContainers = chosen.some(
      ({ runtime, weights: spec }) => runtime.kind === "container" && spec === undefined,
    );
    const theirs = inContainers ? " Containers keep theirs in the volume hearth-models." : "";
    if (wanted.length === 0) return skip(`No chosen model has a weights file of its own.${theirs}`);
    const missing: string[] = [];
    for (const { id, spec } of wanted) {
      const file = await host.stat(join(home, "weights", spec.file));
      if (file?.bytes !== spec.bytes) missing.push(id);
    }
    const have = wanted.length - missing.length;
    if (missing.length === 0) return pass(`${have} of ${wanted.length} weights files are here.${theirs}`);
    const says = `${have} of ${wanted.length} weights files are here: the first question to ${missing.join(", ")} waits for a download.`;
    return warn(says + theirs, `hearth pull ${missing[0]}`);
  },
};
