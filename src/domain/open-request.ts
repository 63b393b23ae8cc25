/** A request that waits or is answered, as its owner and operators may see it. */
export interface OpenRequestView {
  /** `x-request-id`. */
  id: string;
  /** Name of the key. */
  key: string;
  model: string;
  /** When it came. Seconds since the epoch. */
  since: number;
  state: "waiting" | "answering";
  /** In the queue; 0 where it waits for no other. */
  place: number;
  /** For people: what it waits for. */
  phase: string;
  /** 0-100 of the phase, or null where nobody knows. */
  percent: number | null;
  /** Estimate to the first byte, or null while there is none. */
  secondsLeft: number | null;
}
