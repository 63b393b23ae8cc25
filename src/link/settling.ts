/** A waker that was restarted under running streams hears of their leases before it decides anything new. */
import type { AcquireListener, AcquireRequest, LinkHost, Progress, Ticket } from "./link.ts";

const soon: Progress = { place: 1, phase: "queued", percent: null, secondsLeft: null };

/**
 * The same host, with new requests held back for so long: gateways that lost their connection are back by then and
 * have named their leases, so that no switch is begun under one of them.
 */
export function settling(host: LinkHost, milliseconds: number): LinkHost {
  let held: Set<() => void> | null = new Set();
  setTimeout(() => {
    const begin = held;
    held = null;
    for (const each of begin ?? []) each();
  }, milliseconds);

  return {
    acquire(request: AcquireRequest, listener: AcquireListener): Ticket {
      if (held === null) return host.acquire(request, listener);
      let ticket: Ticket | null = null;
      const begin = () => {
        ticket = host.acquire(request, listener);
      };
      held.add(begin);
      return {
        progress: () => ticket?.progress() ?? soon,
        answers: async () => (await ticket?.answers()) ?? true,
        release(outcome) {
          held?.delete(begin);
          ticket?.release(outcome);
        },
      };
    },
    resume: (...lease) => host.resume(...lease),
    snapshot: () => host.snapshot(),
    subscribe: (listener) => host.subscribe(listener),
    command: (command) => host.command(command),
    weights: () => host.weights(),
    logs: (model, options) => host.logs(model, options),
  };
}
