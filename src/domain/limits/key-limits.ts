/** What a key may use. Absent: as much as it likes. */
export interface KeyLimits {
  requestsPerMinute?: number | undefined;
  /** Of prompts and answers together. */
  tokensPerMinute?: number | undefined;
  tokensPerDay?: number | undefined;
  tokensPerMonth?: number | undefined;
  /** Requests at once, those that wait too. */
  concurrent?: number | undefined;
}

export const limitNames = [
  "requestsPerMinute",
  "tokensPerMinute",
  "tokensPerDay",
  "tokensPerMonth",
  "concurrent",
] as const satisfies (keyof KeyLimits)[];

/** How full a limit is. */
export interface Gauge {
  limit: number;
  used: number;
  /** Seconds until all of it is free again, if nothing more is used. */
  resetSeconds: number;
}

/** Null where there is no such limit. */
export type KeyGauges = { [name in keyof Required<KeyLimits>]: Gauge | null };

/** Why a request is refused. */
export interface LimitReached {
  limit: keyof KeyLimits;
  /** When one like it may be taken. */
  retryAfterSeconds: number;
}

/** The two clocks of limits. */
export interface LimitTime {
  /** Seconds that never go back. */
  steady: number;
  /** Seconds since the epoch, as somebody may set them. */
  wall: number;
}
