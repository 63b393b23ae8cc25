/** The phases of a relayed request: what each of them knows, and a table of who may bring which one about. */
import type { Logger } from "pino";
import type { ProblemData } from "../../domain/problem.ts";
import type { Ticket } from "../../link/link.ts";
import type { AnswerTranslation } from "../dialects/translation.ts";
import type { EngineCall } from "../fit/call.ts";
import type { Attempt } from "../upstream/attempt.ts";
import type { Silence } from "./silence.ts";

/** For an engine. */
export interface WaitingPhase {
  name: "waiting";
  /** Null before it has asked for a lease, and between a lease that was lost and the next. */
  ticket: Ticket | null;
}

interface HasEngine {
  ticket: Ticket;
  attempt: Attempt;
  /** How the attempt asks. */
  call: EngineCall;
  /** What its answer becomes; null where it is the client's as it is. */
  translation: AnswerTranslation | null;
  silence: Silence;
}

/** An engine has it, and the client has nothing of an answer yet: another engine, or another call, may still do. */
export interface AskedPhase extends HasEngine {
  name: "asked";
  /** An error answer of the engine's, as far as it came. */
  error: Buffer[];
}

/** The client has the beginning of the engine's answer. */
export interface AnsweringPhase extends HasEngine {
  name: "answering";
  /** Why the engine ended, once that is known. */
  obituary: ProblemData | null;
}

/** Served, failed, or left by its client. */
interface OverPhase {
  name: "over";
}

export type Phase = WaitingPhase | AskedPhase | AnsweringPhase | OverPhase;
export type AtEngine = AskedPhase | AnsweringPhase;

/** `link`: the waker. `clock`: time that is up, seen by a sweep. */
export type Who = "link" | "engine" | "client" | "clock";

type Edges = { [From in Phase["name"]]: { [To in Phase["name"]]?: { [who in Who]?: string } } };

/** Each edge, with who may take it and on what occasion. Whatever is not here is a defect. */
const edges: Edges = {
  waiting: {
    waiting: { client: "comes", clock: "it is time to ask for a lease again" },
    asked: { link: "granted a lease" },
    over: {
      link: "refused, took the lease back, or has the model where nothing else was wanted",
      client: "left, wants nothing that takes an engine, or what has ended the engine twice",
      clock: "held for as long as may be, or Hearth comes to its end",
    },
  },
  asked: {
    waiting: { link: "says that the engine has died", engine: "died" },
    asked: { engine: "does not understand this call: the next one is tried" },
    answering: { engine: "sent the first of its answer" },
    over: {
      link: "took the lease back",
      engine: "answered with an error, or died too often",
      client: "left",
      clock: "engine or client is silent for too long, or Hearth ends",
    },
  },
  answering: {
    over: {
      link: "took the lease back",
      engine: "ended its answer, or broke off",
      client: "left",
      clock: "engine or client is silent for too long, or Hearth ends",
    },
  },
  over: {},
};

/** What the log says of such a defect. */
export const impossibleStep = "impossible step of a request";

/** The way of one request through the table. */
export class Course {
  #phase: Phase = { name: "waiting", ticket: null };
  readonly #id: string;
  readonly #log: Pick<Logger, "error">;

  constructor(id: string, log: Pick<Logger, "error">) {
    this.#id = id;
    this.#log = log;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Null while no engine has it. */
  get atEngine(): AtEngine | null {
    const phase = this.#phase;
    return phase.name === "asked" || phase.name === "answering" ? phase : null;
  }

  /** False, nothing has changed, and the log has it, where the table does not know the step. */
  move(who: Who, next: Phase): boolean {
    if (!this.may(who, next.name)) return false;
    this.#phase = next;
    return true;
  }

  may(who: Who, to: Phase["name"]): boolean {
    const from = this.#phase.name;
    const allowed = edges[from][to]?.[who] !== undefined;
    if (!allowed) this.#log.error({ id: this.#id, from, to, who }, impossibleStep);
    return allowed;
  }
}
