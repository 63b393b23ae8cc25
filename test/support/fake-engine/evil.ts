/** Answers that no engine should give. */
import type { ServerResponse } from "node:http";

export type Evil = "nonsense" | "short" | "headers" | "brackets" | "unfinished";

const lines = 20_000;
const megabytes = 4;

const answers: Record<Evil, (response: ServerResponse) => void> = {
  /** Bytes that are neither a head nor a chunk. */
  nonsense: ({ socket }) => void socket?.end("SSH-2.0-\0\xff\r\nzzzz\r\n"),
  /** Announces more than it sends. */
  short: ({ socket }) =>
    void socket?.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{"choices":['),
  /** Headers without an end. */
  headers: ({ socket }) => void socket?.end(`HTTP/1.1 200 OK\r\n${"x-much: more and more and more\r\n".repeat(lines)}`),
  /** An error that no parser likes. */
  brackets: (response) => {
    if (response.headersSent) response.end();
    else response.writeHead(500, { "content-type": "application/json" }).end("[".repeat(megabytes * 2 ** 20));
  },
  /** A stream that is over as HTTP wants it, without the end of its answer. */
  unfinished: (response) => void response.end(),
};

export function isEvil(fate: string): fate is Evil {
  return Object.hasOwn(answers, fate);
}

export function answerEvil(fate: Evil, response: ServerResponse): void {
  answers[fate](response);
}
