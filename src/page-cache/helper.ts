import { createServer, type Server } from "node:http";

/** More often it would only cost everybody their files. */
const leastMilliseconds = 10_000;

/** `POST /drop` and nothing else: 204, 429 where the last was a moment ago, 500 with the reason where it failed. */
export function createHelper(drop: () => Promise<void>, clock: () => number = () => performance.now()): Server {
  let lastAt = Number.NEGATIVE_INFINITY;
  return createServer(async (request, response) => {
    request.resume();
    if (request.method !== "POST" || request.url !== "/drop") return response.writeHead(404).end();
    if (clock() - lastAt < leastMilliseconds) return response.writeHead(429).end();
    lastAt = clock();
    try {
      await drop();
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
  });
}
