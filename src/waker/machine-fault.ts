/** What an engine's last words say of the machine, so that no model is blamed for it. */
import { newerDriver } from "../domain/newer-driver.ts";
import type { Engine } from "./driver.ts";

interface Fault {
  words: RegExp;
  /** A sentence or two: what is wrong, and what to do. */
  says: string;
}

const doctor = "`hearth doctor` says what is missing.";

/** In the order in which they are looked for: what ends an engine is often followed by words of those that waited for it. */
const faults: Fault[] = [
  {
    words: /NVIDIA driver on your system is too old|CUDA driver version is insufficient|unsupported toolchain/i,
    says: `the NVIDIA driver is too old for the CUDA of its image. ${newerDriver}`,
  },
  {
    words: /No CUDA GPUs are available|no CUDA-capable device|Found no NVIDIA driver|libcuda\.so\.1: cannot open/i,
    says: `its container sees no GPU. ${doctor}`,
  },
  {
    words: /GatedRepoError|access a gated repo|Access to model \S+ is restricted/,
    says:
      "its weights are given only to those who have accepted their terms. Accept them on the model's page at " +
      "huggingface.co, and give the engine a token of that account: `runtime: { env: { HF_TOKEN: hf_... } }` at the " +
      "model in hearth.yaml.",
  },
  {
    words: /No space left on device|Disk quota exceeded/i,
    says: "the disk is full. `docker system df` shows what takes it; `hearth doctor` how much is needed.",
  },
  {
    words: /exec format error/i,
    says: "its image is made for other processors than this machine's. `hearth models choose` names other models.",
  },
  {
    words: /LocalEntryNotFoundError|couldn't connect to 'https/,
    says: "it could not reach the hub for its weights. Check the network of containers, or fetch them beforehand.",
  },
];

/** A root cause may stand well above the last line. */
const lines = 200;

/** Null where nothing of what it said is the machine's fault. */
export async function machineFault(engine: Engine): Promise<string | null> {
  const text: string[] = [];
  for await (const line of engine.logs({ lines, follow: false, signal: new AbortController().signal })) text.push(line);
  return faultIn(text.join("\n"));
}

export function faultIn(log: string): string | null {
  const fault = faults.find(({ words }) => words.test(log));
  return fault?.says ?? null;
}
