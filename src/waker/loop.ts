/**
 * The event loop around the pure scheduler: the one writer of its state. Events are queued and taken in on the next
 * turn of Node's loop, all that came together in one go; each goes through `step`, into the journal, and its actions
 * are run. One timer wakes the scheduler when it asked for it, another one every few seconds proves that the loop turns.
 */
import type { Params } from "../domain/scheduler/params.ts";
import { initialState, type SchedulerState, step } from "../domain/scheduler/scheduler.ts";
import type { SchedulerAction, SchedulerEvent } from "../domain/scheduler/types.ts";
import type { Journal } from "../store/journal.ts";
import { now } from "./clock.ts";

const heartbeatMilliseconds = 5000;
/** setTimeout takes no more. */
const longestTimer = 2 ** 31 - 1;

export interface LoopOptions {
  params: Params;
  journal: Journal;
  /** Runs one action. Must not throw for what can go wrong in the world; if it does, it is logged and the loop goes on. */
  act: (action: SchedulerAction) => void;
  /** The scheduler's sentence about itself has changed. */
  onWhy: (why: string) => void;
  onError: (error: unknown, event: SchedulerEvent | null) => void;
}

interface Entry {
  event: SchedulerEvent | null;
  params?: Params;
  /** Called when the event's actions have been run. `error`: the scheduler refused the event. */
  after?: ((error: unknown) => void) | undefined;
}

export class Loop {
  state: SchedulerState = initialState();
  params: Params;
  why = "";
  /** When a turn last completed. Seconds. */
  heartbeatAt = now();
  readonly #options: LoopOptions;
  readonly #queue: Entry[] = [];
  readonly #heartbeat: NodeJS.Timeout;
  #turn: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turning = false;
  #stopped = false;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.params = options.params;
    options.journal.checkpoint(now(), this.state, this.params);
    this.#heartbeat = setInterval(() => this.dispatch(null), heartbeatMilliseconds).unref();
  }

  /** Queues an event for the next turn. `after` is called once its actions have been run. */
  dispatch(event: SchedulerEvent | null, after?: (error: unknown) => void): void {
    if (this.#stopped) return;
    this.#queue.push({ event, after });
    this.#turn ??= setImmediate(() => this.settle());
  }

  /** The scheduler's parameters from the next event on. */
  setParams(params: Params): void {
    this.#queue.push({ event: null, params });
    this.#turn ??= setImmediate(() => this.settle());
  }

  /** Takes in all that is queued, now. */
  settle(): void {
    if (this.#turning || this.#stopped) return;
    this.#turning = true;
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    // Only what is there now: an action that dispatches without end must not starve the process.
    for (let left = this.#queue.length; left > 0; left -= 1) this.#take(this.#queue.shift()!);
    this.#turning = false;
    if (this.#queue.length > 0) this.#turn ??= setImmediate(() => this.settle());
  }

  /** Takes in what is queued and then nothing more. */
  stop(): void {
    this.settle();
    this.#stopped = true;
    clearInterval(this.#heartbeat);
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#turn !== null) clearImmediate(this.#turn);
  }

  #take({ event, params, after }: Entry): void {
    const { journal, act, onWhy, onError } = this.#options;
    const at = now();
    if (params !== undefined) this.params = params;
    if (params !== undefined || journal.due) journal.checkpoint(at, this.state, this.params);
    let stepped: ReturnType<typeof step>;
    try {
      stepped = step(this.state, event, at, this.params);
    } catch (error) {
      // The state is as it was before. The heartbeat is not renewed: if it goes on like this, health turns red.
      onError(error, event);
      after?.(error);
      return;
    }
    this.state = stepped.state;
    if (event !== null) journal.append(at, event);
    for (const action of stepped.actions) journal.append(at, { type: "acted", action });
    for (const action of stepped.actions) {
      try {
        act(action);
      } catch (error) {
        onError(error, { type: "acted", action });
      }
    }
    this.#arm(stepped.wakeAt);
    this.heartbeatAt = at;
    if (stepped.why !== this.why) {
      this.why = stepped.why;
      onWhy(stepped.why);
    }
    after?.(null);
  }

  #arm(wakeAt: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (wakeAt === null) return;
    // A millisecond late rather than early: an early wake-up would find nothing to do and ask again.
    const milliseconds = Math.ceil((wakeAt - now()) * 1000) + 1;
    this.#timer = setTimeout(() => this.dispatch(null), Math.min(Math.max(milliseconds, 1), longestTimer)).unref();
  }
}
