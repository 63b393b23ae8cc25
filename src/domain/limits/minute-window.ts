/**
 * What was used within the last minute, second by second. The present second and the sixty before it count, so that no sixty seconds,
 * wherever they begin, hold more than the limit.
 */
const slots = 61;

export class MinuteWindow {
  readonly #used = new Float64Array(slots);
  /** The newest second that a slot stands for. */
  #second = Number.NEGATIVE_INFINITY;
  #sum = 0;

  /** `now`: seconds that never go back. */
  add(amount: number, now: number): void {
    this.#advance(now);
    this.#used[slotOf(this.#second)]! += amount;
    this.#sum += amount;
  }

  used(now: number): number {
    this.#advance(now);
    return this.#sum;
  }

  /** Seconds until less than `limit` is used, if nothing is added; 0 where it is so already. */
  freeIn(limit: number, now: number): number {
    this.#advance(now);
    let sum = this.#sum;
    for (let age = slots - 1; age >= 0 && sum >= limit; age -= 1) {
      sum -= this.#used[slotOf(this.#second - age)]!;
      if (sum < limit) return this.#second - age + slots - now;
    }
    return sum < limit ? 0 : slots;
  }

  /** Forgets the seconds that are over. */
  #advance(now: number): void {
    const second = Math.floor(now);
    if (second - this.#second >= slots) {
      this.#used.fill(0);
      this.#sum = 0;
    } else {
      for (let next = this.#second + 1; next <= second; next += 1) {
        this.#sum -= this.#used[slotOf(next)]!;
        this.#used[slotOf(next)] = 0;
      }
    }
    this.#second = Math.max(this.#second, second);
  }
}

function slotOf(second: number): number {
  return ((second % slots) + slots) % slots;
}
