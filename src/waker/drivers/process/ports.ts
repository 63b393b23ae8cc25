/** Loopback ports for engines. */
import { freePort } from "../free-port.ts";

export interface Ports {
  /** A port on which nobody listens now, and that is nobody's until `free`. */
  take(): Promise<number>;
  /** For engines that were found. */
  reserve(port: number): void;
  free(port: number): void;
}

/**
 * The kernel picks the port, so none that is in use comes up; what was handed out is remembered, so no two engines
 * get the same one. Another program may still take it before the engine does: then the engine's start fails and is
 * tried again on another port (src/waker/launch.ts).
 */
export function createPorts(pick: () => Promise<number> = freePort): Ports {
  const taken = new Set<number>();
  return {
    async take() {
      for (;;) {
        const port = await pick();
        if (taken.has(port)) continue;
        taken.add(port);
        return port;
      }
    },
    reserve: (port) => {
      taken.add(port);
    },
    free: (port) => {
      taken.delete(port);
    },
  };
}
