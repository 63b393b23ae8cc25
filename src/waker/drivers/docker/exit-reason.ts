import { constants } from "node:os";
import type { ExitReason } from "../../driver.ts";

/** The part of Docker's container state that says how it ended. */
export interface EndState {
  Status: string;
  OOMKilled: boolean;
  ExitCode: number;
  Error: string;
}

/** What the driver knows beside the state. */
export interface EndContext {
  /** The driver stopped it. */
  stopped: boolean;
  /** Signal that somebody else had Docker send (`docker kill`, `docker stop`), null = nobody did. */
  foreignSignal: number | null;
  /** Kills for want of memory that the kernel has counted since the start; null = unknown. */
  kernelKills: number | null;
}

/** Puts the end of a container into words. */
export function exitReason(state: EndState, context: EndContext): ExitReason {
  const { ExitCode: code } = state;
  const signal = code > 128 ? signalName(code - 128) : null;
  return { code, signal, text: inWords(state, signal, context) };
}

/** It was removed behind our back before anybody could look. */
export const removedReason: ExitReason = { code: null, signal: null, text: "was removed by somebody else" };

function inWords(state: EndState, signal: string | null, context: EndContext): string {
  const { ExitCode: code, OOMKilled, Error: error, Status } = state;
  if (Status === "created") return `could not be started: ${error || "Docker gives no reason"}`;
  if (context.stopped) return signal === null ? "was stopped" : `was stopped with ${signal}`;
  if (OOMKilled && signal === "SIGKILL") return "was killed by the kernel: out of memory (its container's limit)";
  if (OOMKilled) return `exited with code ${code} after the kernel had killed one of its processes: out of memory`;
  if (context.foreignSignal !== null) return `was stopped from outside with ${signalName(context.foreignSignal)}`;
  if (signal === "SIGKILL" && (context.kernelKills ?? 0) > 0)
    return "was killed by the kernel: the machine is out of memory";
  if (signal === "SIGKILL") return "was killed by SIGKILL, which Hearth did not send";
  if (signal !== null) return `was ended by ${signal}`;
  if (code === 126 || code === 127) return `could not run its command (code ${code}): ${error || "see its log"}`;
  const why = error ? ` (${error})` : "";
  return code === 0 ? `exited by itself with code 0${why}` : `exited with code ${code}${why}`;
}

function signalName(number: number): string {
  const known = Object.entries(constants.signals).find(([, value]) => value === number);
  return known?.[0] ?? `signal ${number}`;
}
