/**
 * Hears of the end of containers through one event stream. Events that were missed (the daemon restarted, the stream
 * broke) are made up for by looking at every watched container at each new connection and now and then.
 */

import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ContainerInspectInfo } from "dockerode";
import type { Logger } from "pino";
import type { Daemon } from "../../../containers/daemon.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { lines } from "../../../containers/logs.ts";
import { containerLabels } from "../../../domain/container-labels.ts";
import { inspect } from "./inspect.ts";

export interface ContainerEnd {
  /** Null: it was removed before anybody could look. */
  info: ContainerInspectInfo | null;
  /** It runs again: somebody restarted it. */
  restarted: boolean;
  foreignSignal: number | null;
}

interface Watched {
  startedAt: string;
  foreignSignal: number | null;
  end: (end: ContainerEnd) => void;
}

interface DockerEvent {
  Action?: string;
  Actor?: { ID?: string; Attributes?: { signal?: string } };
}

const lookMilliseconds = 30_000;
const firstRetryMilliseconds = 100;
const longestRetryMilliseconds = 5000;
const connectSeconds = 10;

export class ContainerWatch {
  readonly #daemon: Daemon;
  readonly #instance: string;
  readonly #log: Pick<Logger, "warn" | "info">;
  readonly #watched = new Map<string, Watched>();
  #running: AbortController | null = null;

  constructor(daemon: Daemon, instance: string, log: Pick<Logger, "warn" | "info">) {
    this.#daemon = daemon;
    this.#instance = instance;
    this.#log = log;
  }

  /** Resolves once, when this run of the container is over. */
  ended(info: ContainerInspectInfo): Promise<ContainerEnd> {
    return new Promise((resolve) => {
      this.#watched.set(info.Id, { startedAt: info.State.StartedAt, foreignSignal: null, end: resolve });
      if (this.#running === null) void this.#run();
      else void this.#look(info.Id);
    });
  }

  /** Looks at once: somebody has a reason to believe that it is over. */
  check(id: string): Promise<void> {
    return this.#look(id);
  }

  async #run(): Promise<void> {
    const over = new AbortController();
    this.#running = over;
    const sweep = setInterval(() => void this.#lookAtAll(), lookMilliseconds).unref();
    let wait = firstRetryMilliseconds;
    let lost = false;
    while (!over.signal.aborted) {
      try {
        const stream = await this.#open(over.signal);
        if (lost) this.#log.info({ docker: this.#daemon.address }, "Docker answers again");
        lost = false;
        wait = firstRetryMilliseconds;
        await this.#lookAtAll();
        for await (const line of lines(stream)) await this.#heard(line);
      } catch (error) {
        if (over.signal.aborted) break;
        if (!lost) this.#log.warn({ docker: this.#daemon.address, error: (error as Error).message }, "Docker was lost");
        lost = true;
      }
      await pause(wait, undefined, { ref: false, signal: over.signal }).catch(() => {});
      wait = Math.min(wait * 2, longestRetryMilliseconds);
    }
    clearInterval(sweep);
  }

  async #open(over: AbortSignal): Promise<IncomingMessage> {
    const label = [`${containerLabels.instance}=${this.#instance}`];
    // The limit is for the connection; the stream itself lasts.
    const opened = await this.#daemon.ask("listen to its events", connectSeconds, (abortSignal) =>
      this.#daemon.client.getEvents({ filters: { type: ["container"], label }, abortSignal }),
    );
    const stream = opened as IncomingMessage;
    // Waiting for news is no reason for a process to stay.
    stream.socket.unref();
    over.addEventListener("abort", () => stream.destroy(), { once: true });
    return stream;
  }

  async #heard(line: string): Promise<void> {
    const { Action, Actor } = JSON.parse(line) as DockerEvent;
    const watched = this.#watched.get(Actor?.ID ?? "");
    if (watched === undefined || Actor?.ID === undefined) return;
    if (Action === "kill") watched.foreignSignal = Number(Actor.Attributes?.signal) || null;
    if (Action === "die" || Action === "destroy") await this.#look(Actor.ID);
  }

  async #lookAtAll(): Promise<void> {
    await Promise.all([...this.#watched.keys()].map((id) => this.#look(id)));
  }

  /** A daemon that does not answer says nothing about its containers. */
  async #look(id: string): Promise<void> {
    let info: ContainerInspectInfo | null;
    try {
      info = await inspect(this.#daemon, id);
    } catch (error) {
      if (error instanceof DaemonFailure) return;
      throw error;
    }
    const watched = this.#watched.get(id);
    if (watched === undefined) return;
    const restarted = info?.State.Running === true && info.State.StartedAt !== watched.startedAt;
    if (info?.State.Running === true && !restarted) return;
    this.#watched.delete(id);
    if (this.#watched.size === 0) {
      this.#running?.abort();
      this.#running = null;
    }
    watched.end({ info, restarted, foreignSignal: watched.foreignSignal });
  }
}
