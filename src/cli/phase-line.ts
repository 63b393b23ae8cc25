/** Long work of several phases on stderr: one line that is rewritten on a terminal, a line each phase and tenth elsewhere. */
import type { Io } from "./io.ts";
import { statusLine } from "./status-line.ts";

export interface PhaseLine {
  show(phase: string, percent: number | null): void;
  /** Takes the line off the screen. */
  clear(): void;
}

export function phaseLine(io: Io): PhaseLine {
  const line = statusLine(io);
  let shown = "";
  return {
    show(phase, percent) {
      const text = percent === null ? phase : `${phase}, ${percent} %`;
      if (!line.rewrite(text) && shown !== tenthOf(phase, percent)) io.err.write(`${text}\n`);
      shown = tenthOf(phase, percent);
    },
    clear() {
      line.clear();
      shown = "";
    },
  };
}

function tenthOf(phase: string, percent: number | null): string {
  return `${phase} ${Math.floor((percent ?? 0) / 10)}`;
}
