/** How one API's clients want to be told that something went wrong, or that they have to wait. One file per API. */
import type { KeyGauges } from "../../domain/limits/key-limits.ts";
import type { ProblemData } from "../../domain/problem.ts";
import type { Progress } from "../../link/link.ts";
import type { About } from "./translation.ts";

export interface Dialect {
  /** Content type of a stream that begins with waiting. */
  streamType: string;
  /** Ends an event that an engine left unfinished, so that the stream's last words can be read. */
  eventEnd: string;
  /** Header in which its clients look for the request's id, beside `x-request-id`; null for none. */
  idHeader: string | null;
  /** An engine's error object can be handed on as it is: it speaks this dialect. */
  isEngines: boolean;
  /** The whole body of a failed answer. */
  errorBody(problem: ProblemData, about: About): string;
  /**
   * The last words of a stream that fails after its head; its connection is cut afterwards. `begun`: some of the
   * answer went out before. `last`: the latest of it, back to the beginning of an event.
   */
  streamError(problem: ProblemData, about: About, begun: boolean, last: string): string;
  /** Says in a stream what the client waits for; its parser must skip it. */
  waiting(progress: Progress, about: About): string;
  /** Headers by which its clients are told how full their key's limits are. Names and values in turn; `now`: milliseconds since the epoch. */
  limitHeaders(gauges: KeyGauges, now: number): string[];
  /** A chat's thoughts in an engine's own stream, before that begins; null where only a translation has words for them. */
  thought: ((words: string, about: About) => string) | null;
}
