/** A lock held for a while by a thread that serves: a thread of its own waits for the disk. */
import { Worker } from "node:worker_threads";

export interface HeldLock {
  /** Resolves when it is free. */
  release(): Promise<void>;
}

/** What the thread tells. */
export type LockNews = "held" | "waiting";

/** Waits for the lock; `whileWaiting` is called at each vain try. Rejects when the signal is aborted. */
export async function holdLock(file: string, signal: AbortSignal, whileWaiting: () => void): Promise<HeldLock> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./lock-thread.ts", import.meta.url), { workerData: file, name: "lock" });
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const release = () => {
    worker.postMessage("release");
    return gone;
  };
  const held = Promise.withResolvers<void>();
  const abort = () => held.reject(signal.reason);
  signal.addEventListener("abort", abort);
  worker.once("error", held.reject);
  worker.on("message", (news: LockNews) => (news === "held" ? held.resolve() : whileWaiting()));
  try {
    await held.promise;
    return { release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
