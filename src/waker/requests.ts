/** The requests that wait for an engine or use one: who is to be told what. */
import type { ProblemData } from "../domain/problem.ts";
import type { Caused } from "../domain/request-record.ts";
import type { RequestFacts } from "../domain/scheduler/types.ts";
import type { AcquireListener, AcquireRequest, Grant } from "../link/link.ts";
import { now } from "./clock.ts";

export interface OpenRequest {
  /** What the scheduler knows it by. */
  readonly facts: RequestFacts;
  readonly listener: AcquireListener;
  readonly state: "waiting" | "granted";
  /** The start that it was admitted to; null while it waits. */
  readonly generation: number | null;
  /** What has been done for it. */
  readonly caused: Caused | null;
  /** Seconds since the epoch. */
  readonly cameAt: number;
}

/** When an engine was started and when it was ready, seconds since the epoch. */
interface Loaded {
  startedAt: number | null;
  readyAt: number | null;
}

type ChangingRequest = { -readonly [field in keyof OpenRequest]: OpenRequest[field] };

export class Requests {
  readonly #open = new Map<string, ChangingRequest>();
  #count = 0;
  readonly #onError: (error: unknown) => void;

  /** `onError`: a listener threw. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** The scheduler's id of a request is unique even if two clients choose the same request id. */
  add({ id, model, client, priority, work, streamed = false }: AcquireRequest, listener: AcquireListener): OpenRequest {
    this.#count += 1;
    const facts = { id: `${id}#${this.#count}`, model, client, priority, work, streamed };
    const entry: ChangingRequest = { facts, listener, state: "waiting", generation: null, caused: null, cameAt: now() };
    this.#open.set(facts.id, entry);
    return entry;
  }

  /** The lease of an earlier run counts again: its listener has been told of the grant long ago. */
  resume(request: OpenRequest, generation: number): void {
    const entry = request as ChangingRequest;
    entry.state = "granted";
    entry.generation = generation;
  }

  has(request: OpenRequest): boolean {
    return this.#open.get(request.facts.id) === request;
  }

  get(id: string): OpenRequest | undefined {
    return this.#open.get(id);
  }

  all(): OpenRequest[] {
    return [...this.#open.values()];
  }

  /** Those that were admitted to this start, told of it or not. */
  admittedTo(model: string, generation: number): OpenRequest[] {
    return this.all().filter((request) => request.facts.model === model && request.generation === generation);
  }

  /** Admitted, but the engine has just died: it is told nothing and comes again once that is settled. */
  admitSilently(id: string, generation: number): void {
    const entry = this.#open.get(id);
    if (entry !== undefined) entry.generation = generation;
  }

  /** It waits again. */
  waitAgain(request: OpenRequest): void {
    (request as ChangingRequest).generation = null;
  }

  /** Something is done for a model, thus for the first that waits for it. A switch is a load as well. */
  charge(model: string, caused: Caused): void {
    for (const entry of this.#open.values()) {
      if (entry.facts.model !== model || entry.generation !== null) continue;
      if (entry.caused !== "switch") entry.caused = caused;
      return;
    }
  }

  /** `loaded`: the engine of the grant. */
  grant(id: string, grant: Grant, loaded: Loaded): void {
    const entry = this.#open.get(id);
    if (entry === undefined) return;
    entry.state = "granted";
    entry.generation = grant.generation;
    const { caused } = entry;
    const loadMs = loadWithin(entry.cameAt, loaded);
    const told = { ...grant, ...(caused === null ? {} : { caused }), ...(loadMs === 0 ? {} : { loadMs }) };
    this.#tell(() => entry.listener.granted(told));
  }

  /** It ends: a waiting one is refused, a granted one is cut. */
  end(id: string, problem: ProblemData): void {
    const entry = this.#open.get(id);
    if (entry === undefined) return;
    this.#open.delete(id);
    this.#tell(() => (entry.state === "granted" ? entry.listener.cut(problem) : entry.listener.refused(problem)));
  }

  /** It leaves by itself and is told nothing. False where it was over already. */
  remove(request: OpenRequest): boolean {
    return this.has(request) && this.#open.delete(request.facts.id);
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#onError(error);
    }
  }
}

/** Milliseconds of the load that came after a request did. */
function loadWithin(cameAt: number, { startedAt, readyAt }: Loaded): number {
  if (startedAt === null || readyAt === null) return 0;
  return Math.max(0, readyAt - Math.max(startedAt, cameAt)) * 1000;
}
