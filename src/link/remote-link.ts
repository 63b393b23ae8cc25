/** The gateway's Link to a waker in another process or on another machine. Connects again by itself, for ever. */
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import { type LineConnection, lineConnection } from "./line-connection.ts";
import type { AcquireListener, AcquireRequest, Link, Snapshot, Ticket, WakerEvent } from "./link.ts";
import { RemoteCalls, wakerAway } from "./remote-calls.ts";
import { progressNow, type RemoteRequest, RemoteRequests } from "./remote-requests.ts";
import { beatMilliseconds, linkProtocol, type ToGateway, type ToWaker, toGateway } from "./wire.ts";

export interface RemoteLinkOptions {
  /** `http://waker-link:8010`. */
  url: string;
  token: string;
  log: { info(message: string): void; warn(message: string): void };
}

export interface RemoteLink extends Link {
  /** Resolves when the waker has said for the first time what there is. */
  readonly ready: Promise<void>;
  close(): void;
}

const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 2000;
/** Requests wait this long for a waker that is being restarted; then they are told, and later ones at once. */
const patienceMilliseconds = 20_000;

const nothing: Snapshot = {
  at: 0,
  heartbeatAt: 0,
  why: "The waker has not been reached yet.",
  models: [],
  memory: { totalGiB: 0, availableGiB: 0, budgetGiB: 0, committedGiB: 0, floorGiB: 0 },
  nodes: [],
  queueDepth: 0,
  weightsJobs: [],
};

export function remoteLink(options: RemoteLinkOptions): RemoteLink {
  return new NetworkLink(options);
}

class NetworkLink implements RemoteLink {
  readonly ready: Promise<void>;
  readonly #options: RemoteLinkOptions;
  readonly #gateway = randomUUID();
  readonly #requests = new RemoteRequests();
  readonly #calls = new RemoteCalls((message) => this.#send(message));
  readonly #listeners = new Set<(event: WakerEvent) => void>();
  readonly #beat: NodeJS.Timeout;
  #connection: LineConnection<ToWaker> | null = null;
  #snapshot = nothing;
  #onReady = () => {};
  #pause = firstPauseMilliseconds;
  #retry: NodeJS.Timeout | undefined;
  #awaySince = performance.now();
  #closed = false;

  constructor(options: RemoteLinkOptions) {
    this.#options = options;
    this.ready = new Promise((resolve) => {
      this.#onReady = resolve;
    });
    this.#beat = setInterval(() => this.#tick(), beatMilliseconds).unref();
    this.#connect();
  }

  acquire(request: AcquireRequest, listener: AcquireListener): Ticket {
    const entry = this.#requests.add(request, listener);
    const { id } = entry;
    if (!this.#send({ type: "acquire", id, request })) setImmediate(() => this.#withoutWaker(entry));
    return {
      progress: () => progressNow(entry, this.#connection !== null),
      answers: () => this.#calls.answers(id),
      release: (outcome) => {
        // Without a connection the next `hello` says it, by not naming the request.
        if (this.#requests.remove(entry)) this.#send({ type: "release", id, outcome });
      },
    };
  }

  snapshot(): Snapshot {
    return this.#snapshot;
  }

  subscribe(listener: (event: WakerEvent) => void): () => void {
    const entry = (event: WakerEvent) => listener(event);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  command(command: Parameters<Link["command"]>[0]): Promise<void> {
    return this.#calls.command(command);
  }

  weights(): ReturnType<Link["weights"]> {
    return this.#calls.weights();
  }

  logs(model: string, options: Parameters<Link["logs"]>[1]): AsyncIterable<string> {
    return this.#calls.logs(model, options);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#beat);
    clearTimeout(this.#retry);
    this.#connection?.close();
  }

  /** An engine that was ready when the waker was last heard still is: engines outlive it. The waker learns of the lease. */
  #withoutWaker(entry: RemoteRequest): void {
    if (this.#connection !== null) return;
    const { model, whenBusy } = entry.request;
    const ready = this.#snapshot.models.find(({ id, state }) => id === model && state === "ready");
    const grant = ready === undefined ? null : this.#requests.knownGrant(ready);
    if (grant !== null) this.#requests.take({ type: "granted", id: entry.id, grant });
    else if (whenBusy === "reject" || this.#isAwayForLong()) this.#requests.end(entry.id, wakerAway);
  }

  #isAwayForLong(): boolean {
    return performance.now() - this.#awaySince > patienceMilliseconds;
  }

  #connect(): void {
    const { url, token } = this.#options;
    const request = httpRequest(new URL("/link", url), {
      headers: { connection: "Upgrade", upgrade: linkProtocol, authorization: `Bearer ${token}` },
      timeout: 5000,
    });
    request.on("upgrade", (_, socket, head) => this.#connected(socket as Socket, head));
    request.on("response", (response) => {
      response.resume();
      const { statusCode } = response;
      this.#lost(statusCode === 401 ? "it refuses the link's token" : `it answered with status ${statusCode}`);
    });
    request.on("timeout", () => request.destroy(new Error("it does not answer")));
    request.on("error", (error: NodeJS.ErrnoException) => this.#lost(error.code ?? error.message));
    request.end();
  }

  #connected(socket: Socket, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    if (this.#closed) return void socket.destroy();
    if (head.length > 0) socket.unshift(head);
    socket.setNoDelay(true);
    const connection = lineConnection<ToGateway, ToWaker>(
      socket,
      toGateway,
      (message) => this.#take(message),
      (reason) => {
        if (this.#connection !== connection) return;
        this.#connection = null;
        this.#awaySince = performance.now();
        this.#calls.lost();
        this.#lost(reason);
      },
    );
    this.#connection = connection;
    this.#pause = firstPauseMilliseconds;
    connection.send({ type: "hello", gateway: this.#gateway, open: this.#requests.declared() });
    this.#options.log.info(`connected to the waker at ${this.#options.url}`);
  }

  #lost(reason: string): void {
    if (this.#closed) return;
    if (this.#pause === firstPauseMilliseconds) {
      this.#options.log.warn(`no connection to the waker at ${this.#options.url}: ${reason}; trying again`);
    }
    this.#retry = setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPauseMilliseconds);
  }

  #send(message: ToWaker): boolean {
    this.#connection?.send(message);
    return this.#connection !== null;
  }

  #tick(): void {
    if (this.#send({ type: "ping" })) return;
    if (!this.#isAwayForLong()) return;
    for (const { id } of this.#requests.waiting()) this.#requests.end(id, wakerAway);
  }

  #take(message: ToGateway) {
    switch (message.type) {
      case "snapshot":
        this.#snapshot = message.snapshot;
        return this.#onReady();
      case "event":
        for (const listener of this.#listeners) listener(message.event);
        return;
      case "granted":
      case "refused":
      case "cut":
      case "progress":
        return this.#requests.take(message);
      default:
        return this.#calls.take(message);
    }
  }
}
