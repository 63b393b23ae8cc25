/**
 * The stub engine: an HTTP server that does nothing but answer fixed bytes, so that what stands in front of it is what
 * is measured. `--port N` (0: any; it is printed), `--model ID`, `--asleep`: never becomes healthy.
 */
import { createServer, type Socket } from "node:net";
import { parseArgs } from "node:util";
import { requestedStream } from "../bodies.ts";
import { completion, healthy, loading, modelList } from "./answers.ts";
import { Streams } from "./streams.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    model: { type: "string", default: "bench" },
    asleep: { type: "boolean", default: false },
  },
});
const models = modelList(values.model);
const health = values.asleep ? loading : healthy;
const streamsByPace = new Map<number, Streams>();

const server = createServer({ noDelay: true }, (socket) => {
  /** What came of the current request and is not yet looked at; bodies are counted, not kept. */
  let head: Buffer | null = null;
  let bodyLeft = 0;
  let line = "";
  let opening = "";

  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    if (bodyLeft > 0) {
      if (opening === "") opening = chunk.toString("latin1", 0, 64);
      bodyLeft -= chunk.length;
    } else {
      head = head === null ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      line = head.toString("latin1", 0, end);
      opening = head.toString("latin1", end + 4, end + 68);
      bodyLeft = Number(/\r\ncontent-length: *(\d+)/i.exec(line)?.[1] ?? 0) - (head.length - end - 4);
      head = null;
    }
    if (bodyLeft === 0) answer(socket, line, opening);
  });
});

function answer(socket: Socket, line: string, opening: string): void {
  if (line.startsWith("GET /v1/models")) socket.write(models);
  else if (line.startsWith("GET ")) socket.write(health);
  else {
    const pace = requestedStream(opening);
    if (pace === null) socket.write(completion);
    else stream(socket, pace);
  }
}

function stream(socket: Socket, everyMs: number): void {
  let streams = streamsByPace.get(everyMs);
  if (streams === undefined) {
    streams = new Streams(everyMs);
    streamsByPace.set(everyMs, streams);
  }
  streams.add(socket);
}

server.listen({ port: Number(values.port), host: "127.0.0.1", backlog: 2048 }, () => {
  console.log((server.address() as { port: number }).port);
});
process.on("SIGTERM", () => process.exit(0));
