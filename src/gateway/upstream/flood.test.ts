/** An engine that delivers as fast as it is taken. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { AnswerListener } from "./connection.ts";
import { EnginePool } from "./pool.ts";

const answerBytes = 8 * 1024 * 1024;
const streams = 4;

/** Bytes of all answers that came between one turn of the loop and the next, the most of them, and in all. */
async function mostInOneTurn(pool: EnginePool): Promise<{ most: number; total: number }> {
  let inTurn = 0;
  let most = 0;
  let total = 0;
  let over = 0;
  const take = (bytes: Buffer) => {
    inTurn += bytes.length;
    total += bytes.length;
  };
  const listener: AnswerListener = {
    begun: () => {},
    data: take,
    chunks: take,
    ended: () => void over++,
    failed: (error) => {
      throw error;
    },
  };
  for (let i = 0; i < streams; i++) pool.post("/", [], Buffer.from("{}"), listener);
  while (over < streams && total < 2 * streams * answerBytes) {
    await new Promise(setImmediate);
    most = Math.max(most, inTurn);
    inTurn = 0;
  }
  return { most, total };
}

test.each(["content-length", "transfer-encoding"])(
  "passes a bounded part of each stream per turn (%s)",
  async (coding) => {
    const value = coding === "content-length" ? String(answerBytes) : "chunked";
    const server = createServer((_, response) =>
      response.writeHead(200, { [coding]: value }).end(Buffer.alloc(answerBytes)),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const pool = new EnginePool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { most, total } = await mostInOneTurn(pool);
    expect(total).toBeGreaterThanOrEqual(streams * answerBytes);
    // A buffer each, and what had to wait from the turn before.
    expect(most).toBeLessThanOrEqual(streams * 2 * 64 * 1024);
    pool.destroy();
    server.close();
  },
);
