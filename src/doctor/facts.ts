/** What several checks want to know, each asked of the machine once. */
import type { ImageTrack } from "../catalog/image-track.ts";
import type { Config } from "../config/types.ts";
import type { DaemonFacts } from "../containers/facts.ts";
import type { DaemonFailure } from "../containers/failure.ts";
import { type Gpu, gpuQuery, parseGpus } from "../domain/gpu.ts";
import { type Meminfo, parseMeminfo } from "../domain/meminfo.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { KeyCount } from "../store/count-keys.ts";
import type { Host } from "./host.ts";

/** What is known without asking the machine. */
export interface Situation {
  /** HEARTH_HOME, absolute. */
  home: string;
  /** The configuration, or why there is none: every fault in lines for people. */
  config: Config | { faults: string; count: number };
  warnings: string[];
  /** Models that the configuration names. Empty where it leaves the choice to Hearth. */
  chosen: ModelSpec[];
  /** The catalog's engine images. */
  tracks: readonly ImageTrack[];
  /** Hearth runs in containers; the home is the folder of their docker-compose.yml. */
  deployed: boolean;
  /** The folder of tokenizer files that set-up makes. */
  encodings: string;
  /** Keys in the database; null where it cannot be read. */
  storedKeys: KeyCount | null;
  /** The Hearth that runs on this home. */
  server: { origin: string; pid: number } | null;
}

export interface Facts extends Situation {
  host: Host;
  gpus(): Promise<GpuReading>;
  /** Null where the system has no /proc/meminfo. */
  memory(): Promise<Meminfo | null>;
  daemon(): Promise<DaemonFacts | DaemonFailure>;
}

export type GpuReading =
  | { kind: "gpus"; gpus: Gpu[] }
  /** No NVIDIA driver: nothing is wrong with that. */
  | { kind: "none" }
  /** A driver that does not do what it should. */
  | { kind: "broken"; says: string };

export function factsFor(host: Host, situation: Situation): Facts {
  return {
    ...situation,
    host,
    gpus: once(() => readGpus(host)),
    memory: once(async () => {
      const text = await host.readFile("/proc/meminfo");
      return text === null ? null : parseMeminfo(text);
    }),
    daemon: once(() => host.daemon()),
  };
}

async function readGpus(host: Host): Promise<GpuReading> {
  const { end, code, out, err } = await host.run(gpuQuery);
  if (end === "missing") return { kind: "none" };
  if (end === "late") return { kind: "broken", says: "nvidia-smi gives no answer" };
  const gpus = parseGpus(out);
  if (gpus.length > 0) return { kind: "gpus", gpus };
  const said = `${out}\n${err}`.trim().split("\n")[0] || `nvidia-smi ended with code ${code}`;
  return { kind: "broken", says: said.replace(/\.$/, "") };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask();
    return answer;
  };
}
