/** Every number of the policy in one place. Seconds unless the name says otherwise. */

export type Eagerness = "eager" | "balanced" | "sticky";

export interface Params {
  /** B(m): a waiter is overdue after this many loads of its model, within the two bounds below. */
  overdueLoads: number;
  overdueMinSeconds: number;
  overdueMaxSeconds: number;
  /** Bound of `batch` requests, and the longest wait that they are told to accept. */
  batchOverdueSeconds: number;
  /** R(r): a model that was just loaded is not taken away by an overdue waiter for this many of its own loads. */
  minimumStayLoads: number;
  /**
   * A busy model begins to drain this many of its usual answers before the waiter is overdue, at most a quarter of
   * the waiter's patience, so that no long answer is begun at the last moment.
   */
  drainLeadAnswers: number;
  /** g: quiet seconds before a switch, where the next request usually comes soon and one request waits. */
  lingerSeconds: number;
  /** g where the next request usually comes late. */
  shortLingerSeconds: number;
  /** A usual gap up to this is "soon". */
  soonGapSeconds: number;
  /** Weight of the newest gap, and of the newest service time, in their moving averages. */
  averageWeight: number;
  /** A draining engine's leases are cut after this. */
  drainSeconds: number;
  /** What a stop usually takes until the memory is back; for estimates only. */
  unloadSeconds: number;
  /** How fast an idle engine becomes a cheap victim. */
  victimIdleScaleSeconds: number;
  /** A load that nobody waits for is finished once this fraction of it is done. 0-1. */
  nearlyDone: number;
  /** A model that is kept warm and failed to load is left alone for this long at least. */
  warmPauseSeconds: number;
  /** Estimated wait above which a request is refused at once. */
  maxWaitSeconds: number;
  /** A streamed request passes the client's own buffered ones that came so much before it at most. */
  titleLeadSeconds: number;
  /** Requests that may wait at once. */
  queueLimit: number;
  /** Pauses after the first, second, ... failure in a row. */
  backoffSeconds: number[];
  /** Pauses after the first, second, ... death in a row of an engine that had served; the last one counts for more. */
  deathPauseSeconds: number[];
  /** An engine that dies idle this soon after it became ready, and has served nobody, counts as one that cannot start. */
  provenAfterSeconds: number;
  /** Failures in a row until the model is quarantined. */
  quarantineAfter: number;
  quarantineSeconds: number;
}

/** Models below this may start side by side: what they take meanwhile is little. Not a knob. */
export const tinyGiB = 2;

const balanced: Params = {
  overdueLoads: 2.2,
  overdueMinSeconds: 120,
  overdueMaxSeconds: 900,
  batchOverdueSeconds: 7200,
  minimumStayLoads: 1,
  drainLeadAnswers: 2,
  lingerSeconds: 78,
  shortLingerSeconds: 15,
  soonGapSeconds: 90,
  averageWeight: 0.3,
  drainSeconds: 600,
  unloadSeconds: 5,
  victimIdleScaleSeconds: 600,
  nearlyDone: 0.8,
  warmPauseSeconds: 300,
  maxWaitSeconds: 900,
  titleLeadSeconds: 5,
  queueLimit: 1000,
  backoffSeconds: [1, 5, 25],
  deathPauseSeconds: [0, 0, 1, 5, 25],
  provenAfterSeconds: 60,
  quarantineAfter: 3,
  quarantineSeconds: 600,
};

const byEagerness: Record<Eagerness, Partial<Params>> = {
  eager: {
    overdueMinSeconds: 60,
    overdueMaxSeconds: 60,
    minimumStayLoads: 0,
    lingerSeconds: 0,
    shortLingerSeconds: 0,
  },
  balanced: {},
  sticky: {
    overdueMinSeconds: 900,
    overdueMaxSeconds: 900,
    minimumStayLoads: 2,
    lingerSeconds: 120,
    shortLingerSeconds: 120,
  },
};

/** The policy's numbers for the one knob that people see; `overrides` wins. */
export function paramsFor(eagerness: Eagerness, overrides: Partial<Params> = {}): Params {
  return { ...balanced, ...byEagerness[eagerness], ...overrides };
}
