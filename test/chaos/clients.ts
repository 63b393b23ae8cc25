/** People and programs that ask, each in a way of its own. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { testKey } from "../support/hearth-client.ts";
import { type Outcome, outcomeOfBody, outcomeOfStream } from "./outcome.ts";
import type { Random } from "./random.ts";
import { models, type World } from "./world.ts";

/** A request without an end for so long is lost: it is held 30 s and its model takes seconds. */
const lostMs = 120_000;

interface Asked {
  body: Record<string, unknown>;
  words: number;
  stream: boolean;
  /** The client goes away after so long; null: it stays. */
  leavesMs: number | null;
  /** It takes so long for each piece that it reads. */
  readsMs: number;
}

/** Asks again and again until `over` aborts. A connection that nobody takes is Hearth being away: it asks again. */
export async function client(world: World, random: Random, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const outcome = await ask(world, asked(random));
    if (outcome !== null) world.count(outcome);
    await pause(outcome === null ? 100 : random.between(0, 200));
  }
}

let tag = 0;

function asked(random: Random): Asked {
  const words = random.between(1, 12);
  const fake: Record<string, unknown> = { tokens: words, rate: random.pick([0, 30, 100]) };
  tag += 1;
  // Each strikes once: the next engine serves the same request, where it may be sent again.
  if (random.next() < 0.1) Object.assign(fake, { ...random.pick(fates(random)), tag: `t${tag}`, once: true });
  const stream = fake.fate === "unfinished" || random.next() < 0.5;
  const filler = "lorem ipsum ".repeat(random.pick([1, 1, 1, 1000, 100_000]));
  return {
    words,
    stream,
    leavesMs: random.next() < 0.1 ? random.between(0, 500) : null,
    readsMs: random.next() < 0.1 ? 50 : 0,
    body: { model: random.pick(models).id, messages: [{ role: "user", content: "hello" }], fake, user: filler },
  };
}

/** What an engine does to one request: it dies, falls silent, or answers as no engine should. */
function fates(random: Random): { fate: string; after: "headers" | number }[] {
  const after = random.pick(["headers", 0, 1] as const);
  return [
    { fate: "crash", after },
    { fate: "cut", after },
    { fate: "freeze", after },
    { fate: "nonsense", after },
    { fate: "short", after: "headers" },
    { fate: "headers", after: "headers" },
    { fate: "brackets", after: "headers" },
    { fate: "unfinished", after: 1 },
  ];
}

/** Null where nobody took the connection. */
function ask(world: World, { body, words, stream, leavesMs, readsMs }: Asked): Promise<Outcome | null> {
  const bytes = Buffer.from(JSON.stringify({ ...body, stream }));
  return new Promise((resolve) => {
    let left = false;
    const sent: ClientRequest = httpRequest(`${world.server.url}/v1/chat/completions`, {
      method: "POST",
      agent: false,
      headers: {
        authorization: `Bearer ${testKey}`,
        "content-type": "application/json",
        "content-length": bytes.length,
      },
    });
    const lost = setTimeout(() => settle("lost"), lostMs);
    const leaves = leavesMs === null ? undefined : setTimeout(() => leave(), leavesMs);
    const settle = (outcome: Outcome | null) => {
      clearTimeout(lost);
      clearTimeout(leaves);
      sent.destroy();
      resolve(left ? "left by its client" : outcome);
    };
    const leave = () => {
      left = true;
      settle(null);
    };
    sent.on("error", ({ code }: NodeJS.ErrnoException) =>
      settle(code === "ECONNREFUSED" ? null : "cut for all to see"),
    );
    sent.on(
      "response",
      (answer) =>
        void read(answer, readsMs).then(({ text, ended }) => {
          const status = answer.statusCode!;
          if (stream) settle(outcomeOfStream(status, text, ended, words));
          else settle(ended ? outcomeOfBody(status, text, words) : "cut for all to see");
        }),
    );
    sent.end(bytes);
  });
}

async function read(answer: IncomingMessage, readsMs: number): Promise<{ text: string; ended: boolean }> {
  let text = "";
  try {
    for await (const piece of answer.setEncoding("utf8")) {
      text += piece;
      if (readsMs > 0) await pause(readsMs);
    }
    return { text, ended: answer.complete };
  } catch {
    return { text, ended: false };
  }
}
