import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import { ClientAnswer } from "./client-answer.ts";

/** A client that takes nothing until it is let. */
class SlowSocket extends Socket {
  #waiting: (() => void)[] = [];

  override _write(_: unknown, __: BufferEncoding, done: () => void): void {
    this.#waiting.push(done);
  }

  override _writev(_: unknown, done: () => void): void {
    this.#waiting.push(done);
  }

  catchUp(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

test("however often a slow client is written to, it is waited for once at a time", async () => {
  const socket = new SlowSocket();
  const request = Object.assign(new IncomingMessage(socket), { httpVersionMajor: 1, httpVersionMinor: 1 });
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  const answer = new ClientAnswer(response, openaiDialect, { id: "r", model: "a" }, []);
  answer.begin(200, ["content-type", "text/event-stream"], true);
  answer.write("data: 1\n\n", () => {});
  const listeners = () => socket.listenerCount("drain") + response.listenerCount("drain");
  const before = listeners();
  let drained = 0;
  const onDrain = () => void drained++;
  const piece = Buffer.alloc(64 * 1024);
  for (let i = 0; i < 20; i++) answer.write(i % 3 === 2 ? piece.toString("latin1") : piece, onDrain);
  answer.writeChunks(Buffer.from("1\r\nx\r\n"), onDrain);
  expect(listeners() - before).toBe(1);
  const caughtUp = () => {
    socket.catchUp();
    return drained;
  };
  await expect.poll(caughtUp).toBe(1);
  expect(answer.write(Buffer.alloc(1024 * 1024), onDrain)).toBe(false);
  expect(listeners() - before).toBe(1);
});
