/** One connection of the link: JSON lines over a byte stream, with limits and a watch on silence. */
import type { Duplex } from "node:stream";
import type { z } from "zod";
import { silenceMilliseconds } from "./wire.ts";

/** A line holds at most a log line or a snapshot of all models. */
const longestLine = 4 * 1024 * 1024;
/** What a peer that does not read may pile up here. */
const mostUnsent = 16 * 1024 * 1024;

export interface LineConnection<Out> {
  send(message: Out): void;
  close(): void;
}

/**
 * `onMessage` hears of each message in order; `onEnd` once, with the reason, whoever ends it. A message that `schema`
 * does not know, or that cannot be dealt with, ends this connection and nothing else.
 */
export function lineConnection<In, Out>(
  stream: Duplex,
  schema: z.ZodType<In>,
  onMessage: (message: In) => void,
  onEnd: (reason: string) => void,
): LineConnection<Out> {
  const parts: Buffer[] = [];
  let length = 0;
  let over = false;
  let heardAt = performance.now();

  const end = (reason: string) => {
    if (over) return;
    over = true;
    clearInterval(watch);
    stream.destroy();
    onEnd(reason);
  };
  const watch = setInterval(() => {
    if (performance.now() - heardAt > silenceMilliseconds) end("the other side has fallen silent");
  }, silenceMilliseconds / 4).unref();

  function take(chunk: Buffer): void {
    heardAt = performance.now();
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1 && !over; at = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, at));
      const line = Buffer.concat(parts).toString("utf8");
      parts.length = 0;
      length = 0;
      from = at + 1;
      read(line);
    }
    if (from === chunk.length) return;
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longestLine) end("a message is too long");
  }

  function read(line: string) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return end("a message is not JSON");
    }
    const { data, error } = schema.safeParse(value);
    if (error !== undefined) return end(`a message is none of this protocol's: ${faultOf(error)}`);
    try {
      onMessage(data);
    } catch (cause) {
      end(`a message could not be dealt with: ${(cause as Error).message}`);
    }
  }

  stream.on("data", take);
  stream.on("error", (error) => end(error.message));
  stream.on("end", () => end("the other side has closed the connection"));
  stream.on("close", () => end("the connection was closed"));
  return {
    send(message) {
      if (over) return;
      stream.write(`${JSON.stringify(message)}\n`);
      if (stream.writableLength > mostUnsent) end("the other side does not read");
    },
    close: () => end("closed here"),
  };
}

/** Where it is wrong; never what it says, which may be a key. */
function faultOf({ issues: [first] }: z.ZodError): string {
  const path = first!.path.join(".").slice(0, 100);
  return path === "" ? first!.code : `${path}: ${first!.code}`;
}
