/** Asks `/healthz` over and over, in a thread that nothing else keeps busy. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

export class Watch {
  readonly #worker: Worker;

  constructor(port: number) {
    this.#worker = new Worker(new URL("./ask.ts", import.meta.url), { workerData: port });
  }

  /** The longest answer of those that were asked for while `work` went on, milliseconds. */
  async longest(work: () => Promise<unknown>): Promise<number> {
    this.#worker.postMessage("begin");
    await work();
    this.#worker.postMessage("end");
    const [longestMs] = (await once(this.#worker, "message")) as [number];
    return longestMs;
  }

  stop(): void {
    void this.#worker.terminate();
  }
}
