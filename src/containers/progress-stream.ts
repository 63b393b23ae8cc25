import type { Readable } from "node:stream";
import { lines } from "./logs.ts";

/** Hears of the phase for people, and of per cent where they are known. */
export type ImageProgress = (phase: string, percent: number | null) => void;

/** One message of Docker's while it pulls or builds. */
export interface ProgressMessage {
  /** A layer's id, while it pulls. */
  id?: string;
  status?: string;
  progressDetail?: { current?: number; total?: number };
  /** Output of a build. */
  stream?: string;
  error?: string;
}

/** Without a word from the daemon for this long, it is stuck. */
const silenceMilliseconds = 10 * 60 * 1000;

/** Docker answers 200 and says later, in the stream, that it failed: this throws then, with Docker's words. */
export async function readProgress(
  stream: Readable,
  signal: AbortSignal,
  onMessage: (message: ProgressMessage) => void,
): Promise<void> {
  const end = () => stream.destroy(signal.reason as Error);
  signal.addEventListener("abort", end, { once: true });
  const silence = setTimeout(
    () => stream.destroy(new Error("Docker has said nothing for 10 minutes")),
    silenceMilliseconds,
  );
  try {
    signal.throwIfAborted();
    for await (const line of lines(stream)) {
      silence.refresh();
      if (line.trim() === "") continue;
      const message = JSON.parse(line) as ProgressMessage;
      if (message.error !== undefined) throw new Error(message.error);
      onMessage(message);
    }
    signal.throwIfAborted();
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", end);
    stream.destroy();
  }
}
