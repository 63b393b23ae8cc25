/**
 * What gateway and waker say to each other over the network: one JSON object a line, both ways, in order. A gateway
 * has one connection at a time; when it breaks, a new one begins with a `hello` that names every request that the
 * gateway still has, and both sides agree again.
 */
import type { ProblemData } from "../domain/problem.ts";
import type { AcquireRequest, Command, Grant, Progress, Snapshot, WakerEvent } from "./link.ts";

/** Raised when an older peer would misunderstand. */
export const linkProtocol = "hearth-link/1";

/** A request as the gateway knows it; `grant` where it has one. */
export interface DeclaredRequest {
  id: number;
  request: AcquireRequest;
  grant: Grant | null;
}

export type ToWaker =
  /** `gateway`: unique for each gateway process. */
  | { type: "hello"; gateway: string; open: DeclaredRequest[] }
  | { type: "acquire"; id: number; request: AcquireRequest }
  | { type: "release"; id: number; outcome: "done" | "aborted" | "engineFailed" }
  | { type: "answers"; call: number; id: number }
  | { type: "command"; call: number; command: Command }
  | { type: "logs"; call: number; model: string; lines: number; follow: boolean }
  | { type: "endLogs"; call: number }
  | { type: "ping" };

export type ToGateway =
  | { type: "snapshot"; snapshot: Snapshot }
  | { type: "event"; event: WakerEvent }
  | { type: "granted"; id: number; grant: Grant }
  | { type: "refused"; id: number; problem: ProblemData }
  | { type: "cut"; id: number; problem: ProblemData }
  | { type: "progress"; id: number; progress: Progress }
  | { type: "answered"; call: number; alive: boolean }
  | { type: "obeyed"; call: number; problem: ProblemData | null }
  | { type: "log"; call: number; line: string }
  | { type: "logEnd"; call: number; problem: ProblemData | null };

/** Both sides say something at least this often. */
export const beatMilliseconds = 2000;
/** A peer that says nothing for this long is gone, whatever TCP believes. */
export const silenceMilliseconds = 10_000;
