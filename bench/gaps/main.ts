/** `npm run -s bench:gaps`: the longest time for which `/healthz` is silent while one client sends what may hold the loop. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as elapse } from "node:timers/promises";
import type { Target } from "../relay/load/job.ts";
import { startHearth } from "../relay/proxies/hearth.ts";
import { type Input, inputs } from "./inputs.ts";
import { Watch } from "./watch.ts";

/** On a quiet machine. */
const markMs = 50;

/** Resolves with the status of the answer, when it has come or the connection has ended. */
function send({ path, contentType, headers = "", body }: Input, { port, key }: Target): Promise<string> {
  const bytes = body();
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (said: string) => {
      resolve(said);
      socket.destroy();
    };
    socket.on("error", ({ message }) => end(message));
    socket.on("close", () => end("closed"));
    socket.once("data", (answer: Buffer) => end(answer.toString("latin1", 9, 12)));
    const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n${headers}`;
    socket.write(`${head}content-type: ${contentType}\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
  });
}

const folder = mkdtempSync(join(tmpdir(), "hearth-bench-"));
const hearth = await startHearth({ folder });
const watch = new Watch(hearth.target.port);
try {
  await elapse(3000);
  console.log(`${"nothing".padEnd(44)}      ${(await watch.longest(() => elapse(2000))).toFixed(0).padStart(5)} ms`);
  for (const input of inputs) {
    let status = "";
    const gap = await watch.longest(async () => {
      status = await send(input, hearth.target);
    });
    const verdict = gap <= markMs ? "" : `  above ${markMs}`;
    console.log(`${input.name.padEnd(44)} ${status.padEnd(4)} ${gap.toFixed(0).padStart(5)} ms${verdict}`);
    await elapse(500);
  }
} finally {
  watch.stop();
  await hearth.stop();
  rmSync(folder, { recursive: true, force: true });
}
