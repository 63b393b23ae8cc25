/**
 * Keeps a server's memory small that has had its load: V8 grows its space for new objects under load to 130 MB and keeps
 * it, and collects nothing while nothing happens, so that the bodies of the last requests would stay for hours.
 */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const usualLookMs = 5000;
/** The share of the time in which the loop had something to do; below it nobody notices a collection. */
const idleShare = 0.05;
/** Less than this is not worth a collection. */
const worthBytes = 16 * 1024 * 1024;

/** To be called when a server has started: what its start took of the space for new objects is enough for its requests. */
export function beThrifty(lookEveryMs = usualLookMs): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let before = performance.eventLoopUtilization();
  let collectedBytes = usedBytes();
  const look = () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > idleShare || usedBytes() - collectedBytes < worthBytes) return;
    collect();
    collectedBytes = usedBytes();
  };
  setInterval(look, lookEveryMs).unref();
}

function usedBytes(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
