/** What `hearth run` shows on stderr until the first word: one line that is rewritten on a terminal, plain lines elsewhere. */
import type { Waiting } from "./chat-stream.ts";
import type { Io } from "./io.ts";
import { statusLine } from "./status-line.ts";
import { duration } from "./words.ts";

export interface WaitingLine {
  show(waiting: Waiting): void;
  /** Takes the line off the screen. */
  clear(): void;
}

export function waitingLine(io: Io, model: string): WaitingLine {
  const line = statusLine(io);
  let last = "";
  return {
    show(waiting) {
      const text = `${model}: ${describe(waiting)}`;
      if (!line.rewrite(text) && text !== last) io.err.write(`${text}\n`);
      last = text;
    },
    clear() {
      line.clear();
      last = "";
    },
  };
}

function describe({ place, phase, percent, secondsLeft }: Waiting): string {
  const parts = [percent === null ? phase : `${phase} ${percent} %`];
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`about ${duration(secondsLeft)} left`);
  if (place > 1) parts.push(`place ${place}`);
  return parts.join(", ");
}
