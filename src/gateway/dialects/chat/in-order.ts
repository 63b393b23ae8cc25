/** Puts what an answer says into an order in which one thing ends before the next begins, as most APIs want it. */
import type { ChatEvent } from "./events.ts";
import type { CallEvent } from "./tool-calls.ts";

export class InOrder {
  /** Said while a call was still coming in. */
  #waiting: (ChatEvent | CallEvent)[] = [];
  /** The index of the call that is open. */
  #open: number | null = null;

  /** What can be said now. */
  push(events: (ChatEvent | CallEvent)[]): ChatEvent[] {
    const said: ChatEvent[] = [];
    for (const event of events) {
      if (!this.#mayPass(event)) this.#waiting.push(event);
      else if (event.kind === "whole") {
        this.#open = null;
        said.push(...this.push(this.#waiting.splice(0)));
      } else {
        if (event.kind === "call") this.#open = event.index;
        said.push(event);
      }
    }
    return said;
  }

  #mayPass(event: ChatEvent | CallEvent): boolean {
    return this.#open === null || event.kind === "usage" || ("index" in event && event.index === this.#open);
  }
}
