/** What the writing of records costs the relay: the same gateway with and without it, in turn. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { Pool } from "undici";
import { parseConfig } from "../../src/config/load.ts";
import { hashSecret } from "../../src/config/secret-hash.ts";
import { createGateway } from "../../src/gateway/gateway.ts";
import type { RecordListener } from "../../src/gateway/observe/records.ts";
import { gatewayPlan } from "../../src/gateway/plan.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";
import { wellStore } from "../../test/support/gateway/well-store.ts";

const connections = 32;
const requestsPerRound = 3000;
const rounds = 9;

/** Requests a second, a figure a round, of each listener in turn. */
export async function relayRates(listeners: Record<string, RecordListener>): Promise<Record<string, number[]>> {
  const engine = createServer((request, response) => {
    request
      .resume()
      .once("end", () => response.end('{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9}}'));
  });
  await once(engine.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const gateways = await Promise.all(Object.values(listeners).map((recorded) => gatewayTo(origin, recorded)));
  const rates: Record<string, number[]> = Object.fromEntries(Object.keys(listeners).map((name) => [name, []]));
  // The first round warms the compiler up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, name] of Object.keys(listeners).entries()) {
      const rate = await rateOf(gateways[at]!.pool);
      if (round > 0) rates[name]!.push(rate);
    }
  }
  for (const { pool, app } of gateways) {
    await pool.close();
    await app.close();
  }
  engine.close();
  return rates;
}

async function gatewayTo(engine: string, recorded: RecordListener) {
  const link = new TestLink({ id: "a" });
  link.engine("a", engine);
  const { config } = parseConfig("", null, { cwd: "/", env: {} });
  const key = { name: "k", hash: hashSecret("k"), models: ["*"], priority: "interactive", role: "user" } as const;
  const { app } = await createGateway({
    ...{
      link,
      plan: gatewayPlan(config, [{ ...key, models: ["*"] }], "127.0.0.1", []),
      spent: [],
      pull: null,
      tracing: null,
      recorded,
    },
    keys: { findByHash: () => null, neverOwn: () => false },
    ...{ storeHealth: () => wellStore, log: pino({ level: "silent" }), home: "/", version: "0" },
  });
  return { app, pool: new Pool(await app.listen({ host: "127.0.0.1", port: 0 }), { connections }) };
}

const body = JSON.stringify({ model: "a", messages: [{ role: "user", content: "x".repeat(2000) }] });
const headers = { authorization: "Bearer k", "content-type": "application/json" };

async function rateOf(pool: Pool): Promise<number> {
  let left = requestsPerRound;
  const startedAt = performance.now();
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await pool.request({ method: "POST", path: "/v1/chat/completions", headers, body });
      await answer.body.dump();
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return (requestsPerRound / (performance.now() - startedAt)) * 1000;
}
