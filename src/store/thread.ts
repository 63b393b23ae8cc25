/** The store's thread, seen from the thread that serves. */
import module from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Failure, FromThread, Opened, Outcome, Task, ThreadOrder, ToThread } from "./tasks.ts";

export interface StoreThread {
  opened: Opened;
  /** Has tasks done, in order; one call after the other has resolved. Rejects where the thread has ended. */
  send(tasks: Task[]): Promise<Outcome[]>;
  /** Once, where it ends without having been told to: a fault. */
  onEnd(listener: (failure: Failure) => void): void;
  /** The next Hearth on this home may wait for the end of this one. */
  stopping(): void;
  /** Resolves when files and home are free again. */
  close(): Promise<void>;
}

export interface ThreadStart {
  /** Hears sentences for the log while it opens the home. */
  notice(sentence: string): void;
  /** Ends that wait. */
  signal?: AbortSignal | undefined;
}

/**
 * Starts it on a home; rejects with an Error that says what is in the way and what to do. It keeps the process alive
 * while it works, and no longer.
 */
export async function startThread(home: string, { notice, signal }: ThreadStart): Promise<StoreThread> {
  // Node makes a folder for its own version in the folder that it is given.
  const cache = module.getCompileCacheDir();
  const workerData: ThreadOrder = { home, compileCache: cache === undefined ? null : dirname(cache) };
  const worker = new Worker(new URL("./thread/entry.ts", import.meta.url), { workerData, name: "store" });
  const tell = (message: ToThread) => worker.postMessage(message);
  const ended = new Promise<unknown>((resolve) => worker.once("error", resolve).once("exit", resolve));
  const listening = Promise.withResolvers<Opened>();
  let answer = Promise.withResolvers<Outcome[]>();
  const abandon = () => void worker.terminate();
  signal?.addEventListener("abort", abandon, { once: true });
  worker.on("message", (message: FromThread) => {
    if ("notice" in message) return notice(message.notice);
    if ("refused" in message) return void ended.then(() => listening.reject(new Error(message.refused)));
    worker.unref();
    if ("outcomes" in message) answer.resolve(message.outcomes);
    else listening.resolve(message.opened);
  });
  const lost = ended.then((how) => Promise.reject(new Error(`The store's thread has ended: ${reasonOf(how)}`)));
  lost.catch(() => {});
  const opened = await Promise.race([listening.promise, lost]).finally(() =>
    signal?.removeEventListener("abort", abandon),
  );
  let closing = false;
  return {
    opened,
    send(tasks) {
      worker.ref();
      answer = Promise.withResolvers();
      tell({ tasks });
      return Promise.race([answer.promise, lost]);
    },
    onEnd(listener) {
      lost.catch(({ message }: Error) => {
        if (!closing) listener({ message, remedy: restart, passes: false });
      });
    },
    stopping: () => tell({ stopping: true }),
    async close() {
      closing = true;
      worker.ref();
      tell({ close: true });
      await ended;
    },
  };
}

const restart = "Nothing is written any more. Start Hearth again, and report what its log says.";

/** `how`: an error that nobody caught, or an exit code. */
function reasonOf(how: unknown): string {
  return how instanceof Error ? (how.stack ?? how.message) : `exit code ${how}`;
}
