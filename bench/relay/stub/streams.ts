/** The event streams that the stub feeds: one event to each of them per step, like a batching engine. */
import type { Socket } from "node:net";
import { streamChunk, streamHead } from "./answers.ts";

export class Streams {
  readonly #sockets = new Set<Socket>();
  readonly #next: (step: () => void) => void;
  #running = false;

  /** `everyMs` 0: the next step follows as soon as the event loop gets to it. */
  constructor(everyMs: number) {
    this.#next = everyMs === 0 ? setImmediate : (step) => setTimeout(step, everyMs);
  }

  add(socket: Socket): void {
    socket.write(streamHead);
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    if (!this.#running) this.#next(this.#step);
    this.#running = true;
  }

  /** A stream whose reader is behind misses a step: nothing piles up here. */
  #step = (): void => {
    for (const socket of this.#sockets) if (!socket.writableNeedDrain) socket.write(streamChunk);
    this.#running = this.#sockets.size > 0;
    if (this.#running) this.#next(this.#step);
  };
}
