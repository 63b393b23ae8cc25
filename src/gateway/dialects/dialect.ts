/** How one API's clients want to be told that something went wrong, or that they have to wait. One file per API. */
import type { ProblemData } from "../../domain/problem.ts";
import type { Progress } from "../../link/link.ts";

export interface Dialect {
  /** The whole body of a failed answer. */
  errorBody(problem: ProblemData): string;
  /** The last words of a stream that fails after it began; its connection is cut afterwards. */
  streamError(problem: ProblemData): string;
  /** Says in a stream what the client waits for; its parser must skip it. */
  waiting(progress: Progress): string;
}
