/** What a container has said, and every other stream of lines that a daemon sends. */
import { PassThrough, type Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import { unframe } from "./log-frames.ts";

export interface LogOptions {
  lines: number;
  follow: boolean;
  signal: AbortSignal;
}

/**
 * The last lines of a container's log, then the new ones until it ends or the signal aborts. Nothing where there is
 * no container. A daemon that goes away ends it too.
 */
export async function* containerLog(
  daemon: Daemon,
  id: string,
  terminal: boolean,
  options: LogOptions,
): AsyncGenerator<string> {
  const stream = await open(daemon, id, options);
  if (stream === null) return;
  const end = () => stream.destroy();
  options.signal.addEventListener("abort", end, { once: true });
  try {
    yield* lines(terminal ? stream : unframe(stream));
  } catch {
    // Cut by the signal, or by a daemon that has gone.
  } finally {
    options.signal.removeEventListener("abort", end);
    stream.destroy();
  }
}

async function open(daemon: Daemon, id: string, { lines: tail, follow, signal }: LogOptions): Promise<Readable | null> {
  if (signal.aborted) return null;
  const container = daemon.client.getContainer(id);
  const what = { stdout: true, stderr: true, tail };
  try {
    if (follow) {
      const opened = await daemon.ask("read the log", recordSeconds, (abortSignal) =>
        container.logs({ ...what, follow: true, abortSignal }),
      );
      return opened as Readable;
    }
    const text = await daemon.ask("read the log", recordSeconds, (abortSignal) =>
      container.logs({ ...what, follow: false, abortSignal }),
    );
    return new PassThrough().end(text);
  } catch (error) {
    if (error instanceof DaemonFailure) return null;
    throw error;
  }
}

/** Progress bars rewrite their line with a bare carriage return. */
const lineEnd = /\r\n|\n|\r/;

/** Whole lines of a byte stream, the last one even if nothing ends it. Empty ones are kept. */
export async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split(lineEnd);
    rest = parts.pop()!;
    yield* parts;
  }
  rest += decoder.end();
  if (rest !== "") yield rest;
}
