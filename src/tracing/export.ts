/** Sends spans in the background, in batches. What a collector does not take in time is dropped: nobody waits for it. */
import { request } from "undici";
import { otlpBody } from "./otlp.ts";
import type { Span } from "./spans.ts";

export interface Collector {
  /** The whole address, `.../v1/traces`. */
  url: string;
  headers: Record<string, string>;
  service: { name: string; version: string };
}

export interface Export {
  add(spans: readonly Span[]): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

const everyMilliseconds = 1000;
const limitMilliseconds = 5000;
const mostWaiting = 4096;

export function exportTo({ url, headers, service }: Collector): Export {
  let waiting: Span[] = [];
  let sending: Promise<void> | null = null;
  const send = () => {
    sending ??= post().finally(() => {
      sending = null;
    });
    return sending;
  };
  const post = async () => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const signal = AbortSignal.timeout(limitMilliseconds);
    const body = otlpBody(batch, service);
    const all = { ...headers, "content-type": "application/json" };
    await request(url, { method: "POST", headers: all, body, signal }).then(
      (answer) => answer.body.dump(),
      // A collector that is away is no fault of a request.
      () => {},
    );
  };
  const timer = setInterval(() => void send(), everyMilliseconds).unref();
  return {
    add(spans) {
      if (waiting.length + spans.length <= mostWaiting) waiting.push(...spans);
    },
    async close() {
      clearInterval(timer);
      await sending;
      await send();
    },
  };
}
