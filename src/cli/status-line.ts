/** One line on stderr that a terminal shows in place of the one before; elsewhere nothing, its user writes plain lines. */
import { type Io, paint } from "./io.ts";

export interface StatusLine {
  /** False where there is no terminal. */
  rewrite(text: string): boolean;
  /** Takes the line off the screen. */
  clear(): void;
}

export function statusLine(io: Io): StatusLine {
  let isShown = false;
  return {
    rewrite(text) {
      if (!io.err.isTTY) return false;
      io.err.write(`\r\x1b[2K${paint(io, "dim", text.slice(0, (io.err.columns ?? 80) - 1), "err")}`);
      isShown = true;
      return true;
    },
    clear() {
      if (isShown) io.err.write("\r\x1b[2K");
      isShown = false;
    },
  };
}
