import { appendFileSync, readFileSync } from "node:fs";

export type StatsEventName =
  | "start" // the process runs
  | "listen" // the load is over
  | "request" // a completion, embedding, ... arrived; probes of health and models do not count
  | "done" // its last byte was handed to the socket
  | "abort" // its client went away first
  | "crash" // on demand
  | "sigterm"
  | "exit";

export interface StatsEvent {
  event: StatsEventName;
  /** Milliseconds since the epoch. */
  at: number;
  pid: number;
  model: string;
  /** Route of the request, and the knob `tag` that it came with. */
  path?: string;
  tag?: string;
  /** Of `listen`: where. */
  origin?: string;
}

/** What happened to this engine and, through the shared file, to those that ran before it. */
export class Stats {
  readonly events: StatsEvent[] = [];
  running = 0;
  peak = 0;
  readonly #file: string | undefined;
  readonly #model: string;

  constructor(file: string | undefined, model: string) {
    this.#file = file;
    this.#model = model;
  }

  record(event: StatsEventName, detail: Pick<StatsEvent, "path" | "tag" | "origin"> = {}): void {
    const entry: StatsEvent = { event, at: Date.now(), pid: process.pid, model: this.#model, ...detail };
    this.events.push(entry);
    // Synchronously: the next thing may be the end of the process.
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** How often it happened, in every run that shares the file. */
  count(event: StatsEventName, tag?: string): number {
    const events = this.#file ? readStats(this.#file) : this.events;
    return events.filter((entry) => entry.event === event && (tag === undefined || entry.tag === tag)).length;
  }
}

/** The events of a stats file, oldest first; none where the file is not there yet. */
export function readStats(file: string): StatsEvent[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as StatsEvent);
}
