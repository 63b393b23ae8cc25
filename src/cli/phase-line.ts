/** Long work of several phases on stderr: one line that is rewritten on a terminal, a line each phase and tenth elsewhere. */
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
      else if (shown !== tenthOf(phase, percent)) io.err.write(`${text}\n`);
      shown = tenthOf(phase, percent);
    },
    clear() {
      if (io.err.isTTY && shown !== "") io.err.write("\r\x1b[2K");
      shown = "";
    },
  };
}

function tenthOf(phase: string, percent: number | null): string {
  return `${phase} ${Math.floor((percent ?? 0) / 10)}`;
}
