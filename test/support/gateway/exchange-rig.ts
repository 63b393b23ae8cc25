/** One exchange without a server: the test plays waker, engine, clock and client, and sees what each of them is told. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { understandBody } from "../../../src/gateway/body/request-body.ts";
import { relayedAt } from "../../../src/gateway/dialects/relayed.ts";
import { MachineTime } from "../../../src/gateway/observe/machine-time.ts";
import { OpenRecord } from "../../../src/gateway/observe/records.ts";
import { Exchange } from "../../../src/gateway/relay/exchange.ts";
import { Suspects } from "../../../src/gateway/relay/suspects.ts";
import type { AnswerListener } from "../../../src/gateway/upstream/connection.ts";
import type { AcquireListener, Grant, Ticket } from "../../../src/link/link.ts";
import { keyOf } from "./harness.ts";

interface Event {
  name: string;
  status?: number;
  afterMs?: number;
  answers?: boolean;
  /** An engine that was given up says it, not the present one. */
  old?: boolean;
}

interface Lease {
  listener: AcquireListener;
  /** What it was told: a grant or a refusal, and that it was cut. */
  told: string[];
  releases: Parameters<Ticket["release"]>[0][];
  probes: ((answers: boolean) => void)[];
}

interface Connection {
  listener: AnswerListener;
  state: "asked" | "begun" | "over";
  status: number;
}

const piece = "data: x\n\n";
const chunk = Buffer.from(`${piece.length.toString(16)}\r\n${piece}\r\n`);

export class ExchangeRig {
  readonly client = new RecordedClient();
  readonly tickets: Lease[] = [];
  readonly connections: Connection[] = [];
  /** Statuses that were counted. */
  readonly ends: number[] = [];
  readonly errors: unknown[] = [];
  /** The engine brought a good answer to its end, and the exchange still listened. */
  wasAnsweredWhole = false;
  readonly #members = new Set<unknown>();
  readonly #exchange: Exchange;
  readonly #streaming: boolean;
  #afterMs = 0;

  constructor({ streaming }: { streaming: boolean }) {
    this.#streaming = streaming;
    const { route } = relayedAt("/v1/chat/completions", "")!;
    const body = understandBody(route, "application/json", Buffer.from(`{"model":"a","stream":${streaming}}`));
    const call = { path: route.path, query: "", body, answer: null, applied: [], notes: [] };
    this.#exchange = new Exchange(
      {
        link: { acquire: (_, listener) => this.#acquire(listener) },
        engines: {
          to: () => ({ post: (_path, _headers, _body, listener) => this.#connect(listener) }),
          callTo: (_, calls) => calls[0]!,
          noteLacking: () => {},
        },
        sweeper: {
          add: (member) => void this.#members.add(member),
          delete: (member) => void this.#members.delete(member),
        },
        suspects: new Suspects(),
        stopping: { begun: false, over: false },
        settings: { stallMs: 500, silenceMs: 60_000, showWaiting: "comment" },
        crowd: { waits: () => false },
        work: async () => null,
        tracing: null,
        timing: { firstCommentMs: 50, commentMs: 50, sweepMs: 10, clientSilenceMs: 1000 },
        log: { info: () => {}, error: (facts: unknown) => void this.errors.push(facts) },
      },
      {
        id: "r",
        request: this.client.request,
        route,
        model: "a",
        key: keyOf("k"),
        priority: "interactive",
        // Where an engine lacks the first, it is asked again.
        calls: [call, { ...call, path: "/v1/completions" }],
        streaming,
        record: new OpenRecord({ id: "r", api: "OpenAI", route: route.path }, new MachineTime(), [
          ({ status }) => this.ends.push(status),
        ]),
        hold: () => true,
        whenBusy: "hold",
        holdMs: 2000,
        residence: null,
        untranslatable: null,
        headers: [],
      },
      this.client.response,
    );
    this.#exchange.start();
  }

  get swept(): number {
    return this.#members.size;
  }

  /** Everything that anybody was told so far. */
  sum(): object {
    const { ends, tickets, connections, client, swept } = this;
    return {
      ends: [...ends],
      releases: tickets.map(({ releases }) => [...releases]),
      text: client.text,
      swept,
      connections: connections.length,
    };
  }

  /** `late`: also where those who bring it about have been told that it is over, or have said it before. */
  async happens(event: Event, { late = false } = {}): Promise<void> {
    this.#happens(event, late);
    // Promises that were kept, and sockets that were closed, are noticed on the next turn.
    await nextTurn();
  }

  #happens({ name, status = 200, afterMs = 0, answers = false, old = false }: Event, late: boolean): void {
    const lease = this.tickets.at(-1);
    const connection = this.connections.at(old ? -2 : -1);
    if (name === "left") this.client.socket.destroy();
    else if (name === "sweep") {
      this.#afterMs += afterMs;
      if (late || this.swept > 0) this.#exchange.sweep(performance.now() + this.#afterMs);
    } else if (name === "probed") lease?.probes.shift()?.(answers);
    else if (lease !== undefined && (late || lease.releases.length === 0)) {
      if (name === "granted" || name === "refused" || name === "cut" || name === "engine died") {
        this.#fromWaker(lease, name, late);
      } else if (connection !== undefined && (late || old || connection.state !== "over")) {
        this.#fromEngine(connection, name, status, old);
      }
    }
  }

  #fromWaker({ listener, told }: Lease, name: string, late: boolean): void {
    const isFirst = name === "granted" || name === "refused";
    const isDue = isFirst ? told.length === 0 : told.join() === "granted";
    if (!isDue && !late) return;
    told.push(name);
    if (name === "granted") listener.granted(this.#grant());
    else if (name === "refused") listener.refused({ code: "insufficient_memory", message: "No room." });
    else if (name === "cut") listener.cut({ code: "model_unavailable", message: "It was stopped." });
    else listener.cut({ code: "engine_failed", message: "It exited." });
  }

  #grant(): Grant {
    return { model: "a", generation: this.tickets.length, origin: "http://127.0.0.1:1", apiKey: null, servedName: "a" };
  }

  #fromEngine(connection: Connection, name: string, status: number, old: boolean): void {
    const { listener, state } = connection;
    const begun = state === "begun" || old;
    if (name === "head" && state === "asked") {
      connection.state = "begun";
      connection.status = status;
      const headers = { "content-type": this.#streaming ? "text/event-stream" : "application/json" };
      listener.begun({ status, headers, body: { by: "chunks" }, keepAlive: true });
    } else if (name === "bytes" && begun) listener.data(Buffer.from(piece));
    else if (name === "chunks" && begun) listener.chunks(chunk);
    else if ((name === "ended" || (name === "stopped" && this.#streaming)) && begun) {
      if (name === "ended") listener.data(Buffer.from(this.#streaming ? "data: [DONE]\n\n" : "{}"));
      connection.state = "over";
      if (connection.status < 300 && !old && name === "ended") this.wasAnsweredWhole = true;
      listener.ended();
    } else if (name === "broke off" || (name === "took no connection" && state === "asked")) {
      connection.state = "over";
      const code = name === "broke off" ? "ECONNRESET" : "ECONNREFUSED";
      listener.failed(Object.assign(new Error(name), { code }));
    }
  }

  #acquire(listener: AcquireListener): Ticket {
    const lease: Lease = { listener, told: [], releases: [], probes: [] };
    this.tickets.push(lease);
    return {
      progress: () => ({ place: 1, phase: "loading", percent: null, secondsLeft: null }),
      answers: () => new Promise((resolve) => lease.probes.push(resolve)),
      release: (outcome) => void lease.releases.push(outcome),
    };
  }

  #connect(listener: AnswerListener): { close(): void; pause(): void; resume(): void } {
    const connection: Connection = { listener, state: "asked", status: 0 };
    this.connections.push(connection);
    const close = () => {
      connection.state = "over";
    };
    return { close, pause() {}, resume() {} };
  }
}

/** A client that takes everything at once, and what it got. */
class RecordedClient {
  readonly socket = new RecordingSocket();
  readonly request = new IncomingMessage(this.socket);
  readonly response: ServerResponse;

  constructor() {
    Object.assign(this.request, { method: "POST", httpVersionMajor: 1, httpVersionMinor: 1 });
    this.response = new ServerResponse(this.request);
    this.response.assignSocket(this.socket);
  }

  get text(): string {
    return Buffer.concat(this.socket.written).toString("latin1");
  }

  get status(): number {
    return Number(this.text.slice(9, 12));
  }

  /** By HTTP's rules it has all of an answer. */
  get isWhole(): boolean {
    const [head = "", body = ""] = this.text.split(/\r\n\r\n(.*)/s);
    const length = /^content-length: (\d+)$/im.exec(head)?.[1];
    return length === undefined ? this.text.endsWith("0\r\n\r\n") : body.length === Number(length);
  }
}

class RecordingSocket extends Socket {
  readonly written: Buffer[] = [];

  override _write(bytes: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.written.push(Buffer.from(bytes as string, encoding));
    done();
  }

  override _writev(pieces: { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of pieces) this._write(chunk, encoding, () => {});
    done();
  }
}
