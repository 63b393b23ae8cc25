/** What Hearth's relay is held to. */
import type { FigureName, Sample } from "./figures.ts";
import type { TargetName } from "./proxies/proxy.ts";

type Limit = { atLeast: number } | { atMost: number };
/** `against` absent: the figure itself is held to the limit, not its ratio. */
export type Mark = { figure: FigureName; against?: TargetName } & Limit;

export const marks: Mark[] = [
  { figure: "requestsPerCore", against: "caddy", atLeast: 1.2 },
  { figure: "addedP50", against: "caddy", atMost: 1.0 },
  { figure: "cpuPerChunk", against: "caddy", atMost: 1.1 },
  { figure: "addedLarge", against: "caddy", atMost: 2 },
  { figure: "residentHeld", atMost: 120 },
];

export interface Verdict {
  mark: Mark;
  /** Null where it was not measured. */
  value: number | null;
  met: boolean | null;
}

export function verdicts(results: Partial<Record<TargetName, Sample>>): Verdict[] {
  return marks.map((mark) => {
    const ours = results.hearth?.[mark.figure];
    const value = mark.against === undefined ? (ours ?? null) : ratio(ours, results[mark.against]?.[mark.figure]);
    if (value === null) return { mark, value, met: null };
    return { mark, value, met: "atLeast" in mark ? value >= mark.atLeast : value <= mark.atMost };
  });
}

/** Null where either is unknown, or theirs is lost in the noise (not above zero). */
export function ratio(ours: number | undefined, theirs: number | undefined): number | null {
  return ours === undefined || theirs === undefined || !(theirs > 0) ? null : ours / theirs;
}
