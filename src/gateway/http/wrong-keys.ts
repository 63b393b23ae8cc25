/**
 * Wrong keys by address: told to the log, and after ten within a minute answered 429, so that a client that goes on for ever
 * slows down. A key that is right is never asked here.
 */
import { isIPv6 } from "node:net";
import type { Logger } from "pino";
import { Problem } from "../../domain/problem.ts";

const windowMs = 60_000;
const mostWrong = 10;
/** The oldest is forgotten beyond that. */
const mostAddresses = 1000;

interface Run {
  /** Of its first, `performance.now()`. */
  at: number;
  count: number;
}

export class WrongKeys {
  readonly #log: Pick<Logger, "warn">;
  readonly #now: () => number;
  readonly #runs = new Map<string, Run>();

  constructor(log: Pick<Logger, "warn">, now = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  /** Counts one; what to answer to it. */
  refused(address: string): Problem {
    const run = this.#runOf(network(address));
    run.count += 1;
    // The first, the tenth, the hundredth: a line each for a run of any length.
    if (Number.isInteger(Math.log10(run.count))) {
      this.#log.warn({ address, refused: run.count }, "wrong keys within the last minute");
    }
    if (run.count <= mostWrong) return new Problem("invalid_api_key", unknownKey);
    const retryAfterSeconds = Math.ceil((run.at + windowMs - this.#now()) / 1000);
    const message = `${unknownKey} That was one of more than ${mostWrong} wrong keys within a minute: wait ${retryAfterSeconds} s.`;
    return new Problem("rate_limit_exceeded", message, { retryAfterSeconds });
  }

  #runOf(address: string): Run {
    const known = this.#runs.get(address);
    if (known !== undefined && this.#now() - known.at < windowMs) return known;
    const run = { at: this.#now(), count: 0 };
    this.#runs.delete(address);
    this.#runs.set(address, run);
    if (this.#runs.size > mostAddresses) this.#runs.delete(this.#runs.keys().next().value!);
    return run;
  }
}

const unknownKey = "This API key is not known here. Check it for typing errors, or make one with `hearth keys create`.";

/** A subscriber has a whole /64 of IPv6. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const head = address.split("::", 1)[0]!.split(":");
  return [...head, "0", "0", "0", "0"].slice(0, 4).join(":");
}
