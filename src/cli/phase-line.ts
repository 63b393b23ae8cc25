/** Long work of several phases on stderr: one line that is rewritten on a terminal, a line each phase elsewhere. */
import { type Io, paint } from "./io.ts";

export interface PhaseLine {
  show(phase: string, percent: number | null): void;
  /** Takes the line off the screen. */
  clear(): void;
}

export function phaseLine(io: Io): PhaseLine {
  let shown = "";
  return {
    show(phase, percent) {
      const text = percent === null ? phase : `${phase}, ${percent} %`;
      if (io.err.isTTY) io.err.write(`\r\x1b[2K${paint(io, "dim", text.slice(0, (io.err.columns ?? 80) - 1), "err")}`);
      else if (phase !== shown) io.err.write(`${phase}\n`);
      shown = phase;
    },
    clear() {
      if (io.err.isTTY && shown !== "") io.err.write("\r\x1b[2K");
      shown = "";
    },
  };
}
