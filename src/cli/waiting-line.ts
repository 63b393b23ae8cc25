/** What `hearth run` shows on stderr until the first word: one line that is rewritten on a terminal, plain lines elsewhere. */
import type { Waiting } from "./chat-stream.ts";
import { type Io, paint } from "./io.ts";
import { duration } from "./words.ts";

export interface WaitingLine {
  show(waiting: Waiting): void;
  /** Takes the line off the screen. */
  clear(): void;
}

export function waitingLine(io: Io, model: string): WaitingLine {
  let last = "";
  return {
    show(waiting) {
      const text = `${model}: ${describe(waiting)}`;
      if (io.err.isTTY) io.err.write(`\r\x1b[2K${paint(io, "dim", text.slice(0, (io.err.columns ?? 80) - 1), "err")}`);
      else if (text !== last) io.err.write(`${text}\n`);
      last = text;
    },
    clear() {
      if (io.err.isTTY && last !== "") io.err.write("\r\x1b[2K");
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
