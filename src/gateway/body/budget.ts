/**
 * One ledger of what requests' bodies take of memory: each byte counts from before it is read until its exchange is
 * over. Half of it is the most that one key gets, so that one client cannot shut out the others.
 */
import { Problem } from "../../domain/problem.ts";

export interface BodyLimits {
  /** The largest body. */
  bodyBytes: number;
  /** All bodies together. */
  bodiesBytes: number;
}

/** Bodies leave when answers end, which nobody knows: clients that ask this often cost little. */
const retryAfterSeconds = 5;

export class BodyBudget {
  #held = 0;
  readonly #byKey = new Map<string, number>();
  readonly #limits: BodyLimits;

  /** `limits` is read at each step: a reload changes it in place. */
  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held;
  }

  /** Of one request. */
  open(key: string): BodyShare {
    return new BodyShare(key, this);
  }

  /** Throws a Problem (`server_busy`) where there is no room; nothing is taken then. */
  take(key: string, bytes: number): void {
    const { bodyBytes, bodiesBytes } = this.#limits;
    // Whatever a single body may be fits while there is no other.
    const most = Math.max(bodiesBytes, bodyBytes);
    const mostOfKey = Math.max(bodiesBytes / 2, bodyBytes);
    const ofKey = this.#byKey.get(key) ?? 0;
    if (this.#held + bytes > most) throw full("All requests together hold", this.#held, most);
    if (ofKey + bytes > mostOfKey) throw full("The requests of this key hold", ofKey, mostOfKey);
    this.#held += bytes;
    this.#byKey.set(key, ofKey + bytes);
  }

  giveBack(key: string, bytes: number): void {
    this.#held -= bytes;
    const left = (this.#byKey.get(key) ?? 0) - bytes;
    if (left > 0) this.#byKey.set(key, left);
    else this.#byKey.delete(key);
  }
}

/** What one request has of it. */
export class BodyShare {
  readonly #key: string;
  readonly #budget: BodyBudget;
  #bytes = 0;
  #closed = false;

  constructor(key: string, budget: BodyBudget) {
    this.#key = key;
    this.#budget = budget;
  }

  /** So many bytes in all are about to be held. Throws a Problem (`server_busy`) where there is no room for more of them. */
  reserve(bytes: number): void {
    if (this.#closed || bytes <= this.#bytes) return;
    this.#budget.take(this.#key, bytes - this.#bytes);
    this.#bytes = bytes;
  }

  /** So many more. Throws likewise. */
  add(bytes: number): void {
    this.reserve(this.#bytes + bytes);
  }

  /** So many more, of what can be done without: false where there is no room for it. */
  tryAdd(bytes: number): boolean {
    try {
      this.add(bytes);
      return true;
    } catch {
      return false;
    }
  }

  /** The exchange is over, whichever way. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#budget.giveBack(this.#key, this.#bytes);
  }
}

function full(who: string, held: number, most: number): Problem {
  return new Problem(
    "server_busy",
    `${who} ${held} bytes of ${most} that bodies may take of memory here. Ask again when some have been answered, or raise limits.bodies.`,
    { retryAfterSeconds, data: { held_bytes: held, held_bytes_limit: most } },
  );
}
