/** Whether anybody has ever had a key of his own here: from then on the well-known one is off for good. */
import type { Outbox } from "./outbox.ts";
import type { OwnKeysState } from "./rows.ts";

export interface OwnKeys {
  readonly state: OwnKeysState;
  /** Holds at once and is written soon. There is no way back from `ever`. */
  set(state: "never" | "ever"): void;
}

export function storedOwnKeys(outbox: Pick<Outbox, "offer">, found: OwnKeysState): OwnKeys {
  let state = found;
  return {
    get state() {
      return state;
    },
    set(next) {
      if (state === "ever" || state === next) return;
      state = next;
      outbox.offer({ name: "setOwnKeys", input: next }, lane);
    },
  };
}

/** What is lost is said again by the next start, or counts as `ever`. */
const lane = { chained: false, lost() {} };
