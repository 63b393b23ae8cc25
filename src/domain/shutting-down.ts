/** What everybody hears who asks a Hearth that comes to its end, or waits for it. */
import type { ProblemData } from "./problem.ts";

/** A service manager has started the next one by then. */
const backSeconds = 10;

export const shuttingDown: ProblemData = {
  code: "shutting_down",
  message: "Hearth is shutting down. Ask again when it is back.",
  retryAfterSeconds: backSeconds,
};
