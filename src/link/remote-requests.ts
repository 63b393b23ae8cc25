/** The gateway's half of the requests that a waker elsewhere decides about. */
import type { ProblemData } from "../domain/problem.ts";
import type { AcquireListener, AcquireRequest, Grant, ModelView, Progress } from "./link.ts";
import type { DeclaredRequest, ToGateway } from "./wire.ts";

export interface RemoteRequest {
  readonly id: number;
  readonly request: AcquireRequest;
  readonly listener: AcquireListener;
  grant: Grant | null;
  progress: Progress;
  /** When `progress` came; milliseconds of `performance.now()`. */
  progressAt: number;
}

const unheard: Progress = { place: 1, phase: "queued", percent: null, secondsLeft: null };

export class RemoteRequests {
  readonly #open = new Map<number, RemoteRequest>();
  /** The newest grant of each model: how its engine is asked. */
  readonly #grants = new Map<string, Grant>();
  #count = 0;

  add(request: AcquireRequest, listener: AcquireListener): RemoteRequest {
    this.#count += 1;
    const entry = {
      id: this.#count,
      request,
      listener,
      grant: null,
      progress: unheard,
      progressAt: performance.now(),
    };
    this.#open.set(entry.id, entry);
    return entry;
  }

  /** False where it was over already. */
  remove({ id }: RemoteRequest): boolean {
    return this.#open.delete(id);
  }

  waiting(): RemoteRequest[] {
    return [...this.#open.values()].filter(({ grant }) => grant === null);
  }

  /** What a `hello` says. */
  declared(): DeclaredRequest[] {
    return [...this.#open.values()].map(({ id, request, grant }) => ({ id, request, grant }));
  }

  /** How the engine of a model that is ready is asked, where this gateway knows it and it has room; else null. */
  knownGrant({ id: model, concurrency, process }: ModelView): Grant | null {
    const grant = this.#grants.get(model) ?? null;
    if (grant === null || grant.generation !== process?.generation) return null;
    const running = [...this.#open.values()].filter((entry) => entry.grant?.model === model).length;
    if (running >= concurrency) return null;
    const { caused: _, ...known } = grant;
    return known;
  }

  end(id: number, problem: ProblemData): void {
    const entry = this.#open.get(id);
    if (entry === undefined) return;
    this.#open.delete(id);
    if (entry.grant === null) entry.listener.refused(problem);
    else entry.listener.cut(problem);
  }

  take(message: ToGateway & { type: "granted" | "refused" | "cut" | "progress" }): void {
    const entry = this.#open.get(message.id);
    // It may have been released while the message was on its way.
    if (entry === undefined) return;
    if (message.type === "progress") {
      entry.progress = message.progress;
      entry.progressAt = performance.now();
    } else if (message.type === "granted") {
      this.#grants.set(message.grant.model, message.grant);
      const first = entry.grant === null;
      entry.grant = message.grant;
      // Told again after a reconnection.
      if (first) entry.listener.granted(message.grant);
    } else this.end(message.id, message.problem);
  }
}

/** What a waiter would be told now: the last word, with the time since counted down. */
export function progressNow({ progress, progressAt }: RemoteRequest, connected: boolean): Progress {
  if (!connected) return { ...progress, phase: "waiting for the waker to come back", percent: null, secondsLeft: null };
  if (progress.secondsLeft === null) return progress;
  const passed = (performance.now() - progressAt) / 1000;
  return { ...progress, secondsLeft: Math.max(1, progress.secondsLeft - passed) };
}
