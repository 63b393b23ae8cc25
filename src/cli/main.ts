/** The entry of `hearth`. */
import { homeEnvironment } from "../config/env-file.ts";
import { type Io, stopSignals } from "./io.ts";
import { runCli } from "./program.ts";

Object.assign(process.env, homeEnvironment(process.env, process.cwd()));

const interrupted = new AbortController();
let readersNeeded = true;
const io: Io = {
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: interrupted.signal,
  goOnUnread() {
    readersNeeded = false;
  },
};
for (const signal of stopSignals) {
  process.once(signal, () => interrupted.abort());
}
// `hearth ps | head` closes the pipe early: that is the reader's wish, not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!readersNeeded) return;
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
// Whoever complains into a closed stderr has nobody left to complain to; Node's own warnings go there too.
process.stderr.on("error", () => {});

process.exitCode = await runCli(process.argv.slice(2), io);
