/**
 * Tokens by day, as the clock on the wall calls the days. Each day's count stays with its name: a clock that is set back finds
 * what was used on that day, and set forward again it gives nothing anew.
 */
const mostDays = 100;

export class DayCounts {
  readonly #days: Map<string, number>;

  /** By day, `2026-11-25`. */
  constructor(days: Iterable<[string, number]> = []) {
    this.#days = new Map(days);
  }

  add(day: string, tokens: number): void {
    this.#days.set(day, this.ofDay(day) + tokens);
    if (this.#days.size > mostDays) this.#days.delete([...this.#days.keys()].sort()[0]!);
  }

  ofDay(day: string): number {
    return this.#days.get(day) ?? 0;
  }

  /** Of the month that the day is in. */
  ofMonth(day: string): number {
    const month = day.slice(0, "2026-11".length);
    let sum = 0;
    for (const [one, tokens] of this.#days) if (one.startsWith(month)) sum += tokens;
    return sum;
  }
}
