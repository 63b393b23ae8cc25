import type { ProblemCode } from "./problem.ts";
import type { TokenCounts } from "./token-counts.ts";

/** The status that a client which went away is counted as. */
export const clientClosed = 499;

/** What had to be done for one request: others that wait for the same have caused nothing. */
export type Caused = "load" | "switch";

/** What is kept of a finished or refused request: who, what, how long and with what end. Never its content. */
export interface RequestRecord {
  /** `x-request-id`. */
  id: string;
  /** When it came. Seconds since the epoch. */
  at: number;
  /** Name of the key; null where it was refused for want of one. */
  key: string | null;
  /** The API that the client spoke. */
  api: string;
  route: string;
  /** As the client named it, cut to 200 characters; null where it named none. */
  modelAsked: string | null;
  /** Null where it came to no model. */
  modelServed: string | null;
  /** HTTP status; 499 is a client that went away. */
  status: number;
  /** Why it failed, also after its answer had begun. */
  problem: ProblemCode | null;
  streaming: boolean;
  /** Until an engine was its own. Null where it never got one. */
  waitMs: number | null;
  /** Of that wait what its model took to load. Null where it got no engine. */
  loadMs: number | null;
  /** Until the engine's first byte. Null where none came. */
  firstByteMs: number | null;
  totalMs: number;
  /** Its share of the time in which engines worked: two at once have half of it each. */
  machineMs: number;
  /** Null where no engine answered, or its answer has none (speech, images). */
  tokens: TokenCounts | null;
  /** Of the answer, once it had begun. Null where that is not known. */
  tokensPerSecond: number | null;
  requestBytes: number;
  answerBytes: number;
  /** It started its model, or had another one stopped for it as well. Null where it caused neither, or got no engine. */
  caused: Caused | null;
  /** What was corrected, in the request or the answer. */
  fixups: string[];
}
