import type { ExitReason } from "../../driver.ts";
import { readHostMemory } from "../../host-memory.ts";
import { kernelMemoryKills } from "../kernel-kills.ts";

/** What is needed to say why a process ended. */
export interface ExitContext {
  /** We sent it a signal. */
  stopped: boolean;
  /** The kernel's count of memory kills when it was started. */
  killsBefore: number | null;
}

/** Puts an exit into words. SIGKILL that nobody of ours sent is nearly always the kernel's, for want of memory. */
export function exitReason(code: number | null, signal: string | null, context: ExitContext): ExitReason {
  return { code, signal, text: inWords(code, signal, context) };
}

function inWords(code: number | null, signal: string | null, { stopped, killsBefore }: ExitContext): string {
  if (signal === null && stopped) return `stopped, with code ${code}`;
  if (signal === null) return code === 0 ? "exited by itself with code 0" : `exited with code ${code}`;
  if (stopped) return `stopped with ${signal}`;
  if (signal !== "SIGKILL") return `ended by ${signal}`;
  const { availableGiB, totalGiB } = readHostMemory();
  const figures = `${availableGiB.toFixed(1)} of ${totalGiB.toFixed(1)} GiB are available now`;
  const kills = kernelMemoryKills();
  if (kills !== null && killsBefore !== null && kills > killsBefore) {
    return `killed by the kernel: out of memory (${figures})`;
  }
  return `killed by SIGKILL, which Hearth did not send: probably out of memory (${figures})`;
}
