/** Takes the lock on the file given as `workerData`, says so, and holds it until it is told to release it. */
import { parentPort, workerData } from "node:worker_threads";
import { tryLock } from "./file-lock.ts";
import type { LockNews } from "./hold-lock.ts";

const askAgainMilliseconds = 200;

const port = parentPort!;
const tell = (news: LockNews) => port.postMessage(news);
let timer: NodeJS.Timeout | undefined;
let end = () => {};

port.once("message", () => {
  clearTimeout(timer);
  end();
  port.close();
});
ask();

function ask(): void {
  const lock = tryLock(workerData as string);
  if (lock === null) {
    timer = setTimeout(ask, askAgainMilliseconds);
    tell("waiting");
  } else {
    end = lock.release;
    tell("held");
  }
}
