/** The entry of `hearth`. */
import { homeEnvironment } from "../config/env-file.ts";
import { type Io, stopSignals } from "./io.ts";
import { runCli } from "./program.ts";

Object.assign(process.env, homeEnvironment(process.env, process.cwd()));

const interrupted = new AbortController();
const io: Io = {
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: interrupted.signal,
};
for (const signal of stopSignals) {
  process.once(signal, () => interrupted.abort());
}
// `hearth ps | head` closes the pipe early: that is the reader's wish, not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), io);
