/** Memory: the sum is right, the context fits in the cache, the model fits on the machine, alone or beside others. */

import { memoryShare } from "../../domain/memory-share.ts";
import { bytesPerGiB } from "../../domain/size.ts";
import type { Sized } from "../footprint.ts";
import { memoryMargin, memoryParts, sparkPoolGiB } from "../footprint.ts";
import type { CatalogFields } from "../schema.ts";
import type { Fault } from "./fault.ts";

/** Above this a machine of one shared pool is known to freeze. */
const highestUtilization = 0.87;
/** Above this no second model of any use fits beside it. */
const sharedUtilization = 0.8;
/** Below this there is no need to keep others away. */
const exclusiveUtilization = 0.5;

export function memoryFaults(facts: CatalogFields): Fault[] {
  const { memory, context, footprint, engine, hub, status } = facts;
  const missing: Fault[] = Object.entries({ memory, context }).flatMap(([name, value]) =>
    value === undefined ? [{ path: [name], message: "missing." }] : [],
  );
  if (engine === undefined) {
    return facts.runtime === undefined ? [{ path: ["engine"], message: "missing: how it is run." }] : missing;
  }
  if (hub === undefined) missing.push({ path: ["hub"], message: "missing: where the weights are." });
  if (footprint === undefined && status !== "disabled") {
    missing.push({ path: ["footprint"], message: "missing: what its memory is made of." });
  }
  if (memory === undefined || context === undefined || footprint === undefined) return missing;
  return [
    ...missing,
    ...sumFaults({ ...facts, footprint }, memory),
    ...cacheFaults(facts, context),
    ...shareFaults(facts, memory),
  ];
}

/** `memory` is the sum and its margin, rounded up by less than a GiB. */
function sumFaults(sized: Sized, memory: number): Fault[] {
  const { weightsGiB, kvGiB, overheadGiB, draftGiB, totalGiB } = memoryParts(sized);
  const holds = (bytes: number) => (bytes - memoryMargin(bytes)) / bytesPerGiB >= totalGiB;
  if (holds(memory) && !holds(memory - bytesPerGiB)) return [];
  const sum = [weightsGiB, kvGiB, overheadGiB, draftGiB].map((part) => part.toFixed(2)).join(" + ");
  const message =
    `is ${(memory / bytesPerGiB).toFixed(2)} GiB, but weights + cache + overhead + draft are ${sum} = ${totalGiB.toFixed(2)} GiB, ` +
    `and need a margin of ${(memoryMargin(memory) / bytesPerGiB).toFixed(2)} GiB beside them.`;
  return [{ path: ["memory"], message }];
}

/** Of one request of full length: blocks are padded, and what guesses ahead has a cache too. */
const cacheRoom = 1 / 16;

/** An engine whose cache cannot hold one request of full length refuses to start. */
function cacheFaults({ footprint }: CatalogFields, context: number): Fault[] {
  const { tokens } = footprint!.kv;
  const needed = Math.ceil(context * (1 + cacheRoom));
  if (tokens === undefined || tokens >= needed) return [];
  const message = `${tokens} tokens hold a context of ${context} without room: at least ${needed}.`;
  return [{ path: ["footprint", "kv", "tokens"], message }];
}

function shareFaults({ lifecycle = "normal" }: CatalogFields, memory: number): Fault[] {
  const share = memoryShare(memory / bytesPerGiB, sparkPoolGiB);
  if (share > highestUtilization) {
    const message = `is ${share} of ${sparkPoolGiB} GiB; above ${highestUtilization} the machine may freeze.`;
    return [{ path: ["memory"], message }];
  }
  if (share > sharedUtilization && lifecycle !== "exclusive") {
    const message = `must be exclusive: ${share} of ${sparkPoolGiB} GiB leave no room for another model.`;
    return [{ path: ["lifecycle"], message }];
  }
  if (share < exclusiveUtilization && lifecycle === "exclusive") {
    return [
      { path: ["lifecycle"], message: `is exclusive at ${share} of ${sparkPoolGiB} GiB: that needs no machine.` },
    ];
  }
  return [];
}
