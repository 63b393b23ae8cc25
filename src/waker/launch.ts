import { awaitReady, StartFailure } from "./await-ready.ts";
import type { Driver, Engine, StartOrder } from "./driver.ts";

/** Ports are allocated and then used a moment later: somebody else may be faster, but hardly this often. */
const tries = 3;

/**
 * Starts an engine and waits until it is ready. `onEngine` hears of each process that is made, so that it can be
 * stopped whatever happens; the last one is left for the caller to stop when this rejects.
 */
export async function launch(
  driver: Driver,
  order: StartOrder,
  signal: AbortSignal,
  onEngine: (engine: Engine) => void,
  onPhase: (phase: string) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const engine = await driver.start(order);
    onEngine(engine);
    try {
      signal.throwIfAborted();
      await awaitReady(engine, order.spec, signal, onPhase);
      return;
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.portTaken || attempt === tries) throw error;
      onPhase("trying another port");
      await engine.stop(order.spec.runtime.stopGraceSeconds);
    }
  }
}
