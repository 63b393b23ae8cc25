/** One engine as a group of processes: a child of ours, or one that an earlier run left behind. */
import { localNode } from "../../../domain/nodes.ts";
import type { Engine, EngineMemory, ExitReason } from "../../driver.ts";
import { gpuMemory } from "./gpu-memory.ts";
import { type EngineIdentity, engineMark, engineVariable } from "./identity.ts";
import { listensOn } from "./listening.ts";
import { boundLog, followLines, lastLines } from "./logs.ts";
import { processMemory, withGpu } from "./memory.ts";
import { endGroup, groupMembers } from "./stop.ts";

export interface ProcessEngineParts {
  identity: EngineIdentity;
  instance: string;
  /** Leader of the session and process group. */
  pid: number;
  logFile: string;
  exited: Promise<ExitReason>;
  /** Called before the first signal is sent. */
  onStop: () => void;
  /** Called once all its processes are known to be gone. */
  onGone: () => void;
}

export function processEngine(parts: ProcessEngineParts): Engine {
  const { identity, pid, logFile, exited } = parts;
  let ended = false;
  const written = new AbortController();
  void boundLog(logFile, written.signal);
  void exited.then(() => {
    ended = true;
    written.abort();
  });
  const pids = () => groupMembers(pid).map((entry) => entry.pid);
  let stopping: Promise<void> | null = null;

  return {
    model: identity.model,
    specHash: identity.specHash,
    generation: identity.generation,
    node: localNode,
    apiKey: identity.apiKey,
    pid,
    origin: `http://127.0.0.1:${identity.port}`,
    exited,
    stop(graceSeconds) {
      // A second call joins the first; after a failed one it tries again.
      stopping ??= (async () => {
        parts.onStop();
        await endGroup(pid, graceSeconds, [engineVariable, engineMark(parts.instance, identity)]);
        await exited;
        parts.onGone();
      })().finally(() => {
        stopping = null;
      });
      return stopping;
    },
    ownsPort: async () => listensOn(pids(), identity.port),
    memory: async (): Promise<EngineMemory | null> => withGpu(processMemory(pids()), await gpuMemory(pids())),
    async *logs({ lines, follow, signal }) {
      const tail = lastLines(logFile, lines);
      yield* tail.lines;
      if (follow) yield* followLines(logFile, tail.end, () => ended, signal);
    },
  };
}
