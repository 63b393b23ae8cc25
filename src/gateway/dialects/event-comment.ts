import type { Progress } from "../../link/link.ts";

/** A comment line of an event stream: every parser skips it, and a person who looks can read it. */
export function eventComment({ place, phase, percent, secondsLeft }: Progress): string {
  const words = [`place=${place}`, `phase=${JSON.stringify(phase)}`];
  if (percent !== null) words.push(`percent=${Math.round(percent)}`);
  if (secondsLeft !== null) words.push(`seconds_left=${Math.ceil(secondsLeft)}`);
  return `: hearth ${words.join(" ")}\n\n`;
}
