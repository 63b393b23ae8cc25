/** The thread of `watch.ts`. */
import { Agent, get } from "node:http";
import { setTimeout as elapse } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const agent = new Agent({ keepAlive: true });
let longestMs = 0;
let told = true;

parentPort!.on("message", (order: "begin" | "end") => {
  if (order === "begin") longestMs = 0;
  else told = false;
});

for (;;) {
  const askedAt = performance.now();
  await answered();
  longestMs = Math.max(longestMs, performance.now() - askedAt);
  if (!told) parentPort!.postMessage(longestMs);
  told = true;
  await elapse(1);
}

function answered(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ port: workerData as number, host: "127.0.0.1", path: "/healthz", agent }, (answer) => {
      answer.resume().once("end", resolve);
    });
    request.once("error", reject);
  });
}
