/** HTTP to the server under trial: answers whole or event by event, with their times. No status throws. */
import { createParser } from "eventsource-parser";
import { type Dispatcher, type FormData, request } from "undici";

export interface TrialServer {
  send(method: "GET" | "POST", path: string, init?: SendInit): Promise<WholeAnswer>;
  stream(path: string, body: object): Promise<StreamedAnswer>;
}

export interface SendInit {
  body?: object;
  form?: FormData;
  headers?: Record<string, string>;
}

export interface WholeAnswer {
  status: number;
  text: string;
  /** Undefined where the text is no JSON. */
  json: unknown;
  seconds: number;
}

export interface StreamedAnswer {
  status: number;
  text: string;
  events: StreamEvent[];
  seconds: number;
  /** Why the connection ended before the stream did. */
  broken: string | null;
}

export interface StreamEvent {
  /** Undefined where the data is no JSON, as in `[DONE]`. */
  json: unknown;
  data: string;
  /** Since the request was sent. */
  seconds: number;
}

/** A prompt of a whole window may be read for long, and a model may load meanwhile. */
const limitMilliseconds = 30 * 60_000;

export function trialServer(origin: string, headers: Record<string, string>, signal: AbortSignal): TrialServer {
  const ask = (path: string, options: Pick<Dispatcher.RequestOptions, "method"> & SendInit) => {
    const { method, body, form, headers: own } = options;
    return request(origin + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }), ...own },
      body: form ?? (body === undefined ? null : JSON.stringify(body)),
      bodyTimeout: 0,
      headersTimeout: 0,
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMilliseconds)]),
    });
  };
  return {
    async send(method, path, init = {}) {
      const elapsed = stopwatch();
      const { statusCode, body } = await ask(path, { method, ...init });
      const text = await body.text();
      return { status: statusCode, text, json: parsed(text), seconds: elapsed() };
    },
    async stream(path, body) {
      const elapsed = stopwatch();
      const reply = await ask(path, { method: "POST", body });
      const isEvents = String(reply.headers["content-type"]).startsWith("text/event-stream");
      const reader = isEvents ? eventReader(elapsed) : lineReader(elapsed);
      const decoder = new TextDecoder();
      let text = "";
      let broken: string | null = null;
      try {
        for await (const bytes of reply.body) {
          const piece = decoder.decode(bytes as Uint8Array, { stream: true });
          text += piece;
          reader.feed(piece);
        }
      } catch (error) {
        signal.throwIfAborted();
        broken = (error as Error).message;
      }
      return { status: reply.statusCode, text, events: reader.events, seconds: elapsed(), broken };
    },
  };
}

function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1000;
}

interface Reader {
  events: StreamEvent[];
  feed(text: string): void;
}

function eventReader(elapsed: () => number): Reader {
  const events: StreamEvent[] = [];
  const parser = createParser({
    onEvent: ({ data }) => events.push({ json: parsed(data), data, seconds: elapsed() }),
  });
  return { events, feed: (text) => parser.feed(text) };
}

/** JSON line by line, as Ollama streams. */
function lineReader(elapsed: () => number): Reader {
  const events: StreamEvent[] = [];
  let rest = "";
  return {
    events,
    feed(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const data of lines) {
        if (data.trim() !== "") events.push({ json: parsed(data), data, seconds: elapsed() });
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
