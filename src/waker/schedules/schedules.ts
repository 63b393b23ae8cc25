/** The shell around opening.ts: tells the scheduler when the hours of its models begin and end, and what is to be warm from the start. */
import type { ModelSpec } from "../../domain/model.ts";
import type { SchedulerEvent } from "../../domain/scheduler/types.ts";
import type { WeekHours } from "../../domain/week-hours.ts";
import { isOpen, nextChange } from "./opening.ts";

/** Somebody may set the machine's clock, or it may have slept: no change is later than this. */
const longestMs = 60_000;

type Scheduled = Pick<ModelSpec, "id" | "policy" | "status">;

export class Schedules {
  readonly #dispatch: (event: SchedulerEvent) => void;
  readonly #wallClock: () => number;
  #hours = new Map<string, WeekHours>();
  /** What the scheduler was last told. */
  readonly #told = new Map<string, boolean>();
  #known = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  /** `wallClock`: milliseconds since the epoch, as the machine's clock shows them. */
  constructor(dispatch: (event: SchedulerEvent) => void, wallClock: () => number = Date.now) {
    this.#dispatch = dispatch;
    this.#wallClock = wallClock;
  }

  /** The models of a plan, after the scheduler has heard of them and of the engines that an earlier run left. */
  follow(models: Scheduled[]): void {
    const served = models.filter(({ status }) => status !== "disabled");
    for (const { id, policy } of served) {
      if (policy.warm === "start" && !this.#known.has(id)) this.#dispatch({ type: "warm", model: id });
    }
    this.#known = new Set(served.map(({ id }) => id));
    this.#hours = new Map(
      served.flatMap(({ id, policy: { warm } }) => (warm === null || warm === "start" ? [] : [[id, warm] as const])),
    );
    for (const id of this.#told.keys()) if (!this.#hours.has(id)) this.#tell(id, false);
    this.#look();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    const ms = this.#wallClock();
    let next = ms + longestMs;
    for (const [id, hours] of this.#hours) {
      this.#tell(id, isOpen(hours, ms / 1000));
      next = Math.min(next, (nextChange(hours, ms / 1000) ?? Number.POSITIVE_INFINITY) * 1000);
    }
    this.close();
    if (this.#hours.size > 0) this.#timer = setTimeout(() => this.#look(), next - ms).unref();
  }

  #tell(model: string, open: boolean): void {
    if ((this.#told.get(model) ?? false) === open) return;
    this.#told.set(model, open);
    this.#dispatch({ type: "hours", model, open });
  }
}
