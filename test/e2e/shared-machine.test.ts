import { describe, expect } from "vitest";
import type { RequestRecord } from "../../src/domain/request-record.ts";
import { test } from "../support/e2e.ts";
import { hashedKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";

interface Counted {
  in: number;
  out: number;
}

type Asker = (hearth: HearthServer, turn: number) => Promise<Counted>;

const said = (turn: number) => [{ role: "user", content: `turn ${turn} `.repeat(1 + (turn % 3)) }];
const fake = (turn: number) => ({ tokens: 3 + (turn % 5), rate: 200 });

/** Chats, and reads the answer when it is whole. */
const ann: Asker = async (hearth, turn) => {
  const body = { messages: said(turn), fake: fake(turn) };
  const { status, json } = await hearth.chat("big", body, { key: "ann" });
  expect(status).toBe(200);
  return { in: json.usage.prompt_tokens, out: json.usage.completion_tokens };
};

/** Uses another API, and the small model as well. */
const bob: Asker = async (hearth, turn) => {
  const body = { model: turn % 2 === 0 ? "small" : "big", max_tokens: 50, messages: said(turn), fake: fake(turn) };
  const { status, json } = await hearth.post("/v1/messages", body, { key: "bob" });
  expect(status).toBe(200);
  return { in: json.usage.input_tokens, out: json.usage.output_tokens };
};

/** Streams, many at once. */
const agent: Asker = async (hearth, turn) => {
  const body = { messages: said(turn), fake: fake(turn), stream_options: { include_usage: true } };
  const stream = await hearth.stream("big", body, { key: "agent" });
  expect(await stream.ended).toBe("whole");
  const { usage } = JSON.parse(stream.events.at(-2)!.data);
  return { in: usage.prompt_tokens, out: usage.completion_tokens };
};

async function turns(hearth: HearthServer, ask: Asker, count: number, first = 0): Promise<Counted> {
  const sum = { in: 0, out: 0 };
  for (let turn = first; turn < first + count; turn += 1) {
    const { in: prompt, out } = await ask(hearth, turn);
    sum.in += prompt;
    sum.out += out;
  }
  return sum;
}

describe("two people and an agent on one machine", () => {
  test("each one's usage is right to the token, also after kill -9, and no person waits for the agent's queue", async ({
    start,
  }) => {
    const options = {
      config: { keys: [hashedKey("ann"), hashedKey("bob"), hashedKey("agent", { priority: "batch" })] },
      models: [{ id: "big", concurrency: 1 }, { id: "small" }],
    };
    const hearth = await start(options);
    const [byAnn, byBob, ...byAgent] = await Promise.all([
      turns(hearth, ann, 8),
      turns(hearth, bob, 8),
      ...[0, 10, 20, 30].map((first) => turns(hearth, agent, 5, first)),
    ]);
    const sumOf = (parts: Counted[], what: keyof Counted) => parts.reduce((sum, part) => sum + part[what], 0);
    const expected = [
      { key: "agent", requests: 20, estimated: 0, tokensIn: sumOf(byAgent, "in"), tokensOut: sumOf(byAgent, "out") },
      { key: "ann", requests: 8, estimated: 0, tokensIn: byAnn!.in, tokensOut: byAnn!.out },
      { key: "bob", requests: 8, estimated: 0, tokensIn: byBob!.in, tokensOut: byBob!.out },
    ];
    expect((await hearth.get("/hearth/v1/usage?by=key")).json.rows).toMatchObject(expected);
    const { requests } = (await hearth.get("/hearth/v1/requests?limit=1000")).json as { requests: RequestRecord[] };
    for (const person of requests.filter(({ key }) => key !== "agent")) {
      // In turn it would be all that wait, three and more; one or two may pass while a request is still read.
      expect(letInBefore(person, requests, "agent")).toBeLessThanOrEqual(2);
    }
    await hearth.kill("SIGKILL");
    const again = await start({ ...options, home: hearth.home });
    expect((await again.get("/hearth/v1/usage?by=key")).json.rows).toMatchObject(expected);
    const own = await again.get("/hearth/v1/me", { key: "ann" });
    expect(own.json).toMatchObject({ name: "ann", today: { requests: 8, tokensOut: byAnn!.out } });
  });
});

/** How many of a key's requests got the model while this one waited for it. */
function letInBefore({ at, waitMs, modelServed }: RequestRecord, all: RequestRecord[], key: string): number {
  const grantedAt = (record: Pick<RequestRecord, "at" | "waitMs">) => record.at + (record.waitMs ?? 0) / 1000;
  const own = grantedAt({ at, waitMs });
  return all.filter((other) => {
    if (other.key !== key || other.modelServed !== modelServed) return false;
    return at < grantedAt(other) && grantedAt(other) < own;
  }).length;
}
