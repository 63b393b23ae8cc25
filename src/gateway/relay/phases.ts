/** The phases of a relayed request: what each of them knows, and a table of who may bring which one about. */
import type { ProblemData } from "../../domain/problem.ts";
import type { Ticket } from "../../link/link.ts";
import type { AnswerTranslation } from "../dialects/translation.ts";
import type { EngineCall } from "../fit/call.ts";
import type { Attempt } from "../upstream/attempt.ts";
import type { Silence } from "./silence.ts";

/** For an engine. */
export interface Waiting {
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
export interface Asked extends HasEngine {
  name: "asked";
  /** An error answer of the engine's, as far as it came. */
  error: Buffer[];
}

/** The client has the beginning of the engine's answer. */
export interface Answering extends HasEngine {
  name: "answering";
  /** Why the engine ended, once that is known. */
  obituary: ProblemData | null;
}

/** Served, failed, or left by its client. */
interface Over {
  name: "over";
}

export type Phase = Waiting | Asked | Answering | Over;
export type AtEngine = Asked | Answering;

/** `link`: the waker. `clock`: time that is up, seen by a sweep. */
export type Who = "link" | "engine" | "client" | "clock";

type Edges = { [From in Phase["name"]]: { [To in Phase["name"]]?: { [who in Who]?: string } } };

/** Each edge, with who may take it and on what occasion. Whatever is not here is a defect. */
export const edges: Edges = {
  waiting: {
    waiting: { client: "comes", clock: "it is time to ask for a lease again" },
    asked: { link: "granted a lease" },
    over: {
      link: "refused, took the lease back, or has the model where nothing else was wanted",
      client: "left, or wants nothing that takes an engine",
      clock: "held for as long as may be",
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
      clock: "the engine, or a client that should read, is silent for too long",
    },
  },
  answering: {
    over: {
      link: "took the lease back",
      engine: "ended its answer, or broke off",
      client: "left",
      clock: "the engine, or a client that should read, is silent for too long",
    },
  },
  over: {},
};

export function mayMove(from: Phase["name"], to: Phase["name"], who: Who): boolean {
  return edges[from][to]?.[who] !== undefined;
}
