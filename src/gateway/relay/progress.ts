/** What a client that waits is told about where its request stands. */
import type { Progress } from "../../link/link.ts";
import type { Phase } from "./phases.ts";

/** Between the grant and the engine's first byte. */
export const prompting: Progress = { place: 0, phase: "processing the prompt", percent: null, secondsLeft: null };
/** From its first byte on: the engine is silent in the middle of its answer. */
const answering: Progress = { ...prompting, phase: "answering" };

export function progressOf(phase: Phase): Progress {
  if (phase.name === "answering") return answering;
  return (phase.name === "waiting" && phase.ticket?.progress()) || prompting;
}
