/** How long a load takes, and how fast the words come then: the first answer after a load, and later ones. */
import { setTimeout as pause } from "node:timers/promises";
import { TrialFailure } from "../failure.ts";
import type { Speed } from "../figures.ts";
import { median, tokenRates } from "../figures.ts";
import type { StreamedAnswer } from "../http.ts";
import { pluck, texts } from "../pluck.ts";
import { lookAt, ready, type Subject } from "../subject.ts";
import type { Trial } from "../trial.ts";

/** Of one answer. Null where it is too short to tell how fast it came. */
const leastTokens = 8;
const runs = 3;

export const coldTrial: Trial = {
  name: "speed/cold",
  group: "speed",
  needs: [],
  slow: true,
  async run(subject) {
    const kept = await unload(subject);
    if (kept !== null) return { skipped: kept };
    const startedAt = performance.now();
    await ready(subject);
    const loadSeconds = (performance.now() - startedAt) / 1000;
    const load = `ready in ${loadSeconds.toFixed(1)} s`;
    if (!subject.model.capabilities.includes("chat")) return { says: load, figures: { loadSeconds } };
    const cold = await speedOf(subject);
    return { says: `${load}, ${inWords(cold)}`, figures: { loadSeconds, cold } };
  },
};

export const warmTrial: Trial = {
  name: "speed/warm",
  group: "speed",
  needs: ["chat"],
  async run(subject) {
    const warm: Speed[] = [];
    for (let run = 1; run <= runs; run += 1) {
      subject.progress(`answer ${run} of ${runs}`);
      warm.push(await speedOf(subject));
    }
    const rates = tokenRates(warm);
    const firstTokenSeconds = median(warm.map((speed) => speed.firstTokenSeconds));
    const middle = { firstTokenSeconds, tokensPerSecond: rates.length === 0 ? null : median(rates) };
    return { says: inWords(middle), figures: { warm } };
  },
};

function inWords({ firstTokenSeconds, tokensPerSecond }: Speed): string {
  const first = `first token after ${firstTokenSeconds.toFixed(2)} s`;
  return tokensPerSecond === null
    ? `${first}; the answer is too short to tell its speed`
    : `${first}, ${tokensPerSecond.toFixed(1)} tokens per second`;
}

const pollMilliseconds = 200;

/** Stops it, so that its load can be measured. Says why it must not be, else null. */
async function unload(subject: Subject): Promise<string | null> {
  const { model, server, progress } = subject;
  const { view } = await lookAt(subject);
  if (view.running + view.waiting > 0) return "somebody else uses it now";
  if (view.state === "absent") return null;
  progress("stopping it to measure its load");
  const path = `/hearth/v1/models/${encodeURIComponent(model.id)}/stop`;
  const { status, text } = await server.send("POST", path);
  if (status === 401 || status === 403) return "needs an admin key, to stop it first";
  if (status >= 400) throw new TrialFailure(`it cannot be stopped: status ${status}`, { sent: path, came: text });
  while ((await lookAt(subject)).view.state !== "absent") await pause(pollMilliseconds);
  return null;
}

async function speedOf({ model, server }: Subject): Promise<Speed> {
  const sent = {
    model: model.id,
    // A number that is new each time keeps a cache of prompts from answering.
    messages: [{ role: "user", content: `Story ${Math.random()}: tell me a long story about the sea.` }],
    max_tokens: 128,
    stream: true,
    stream_options: { include_usage: true },
  };
  const answer = await server.stream("/v1/chat/completions", sent);
  const fail = (why: string) => new TrialFailure(why, { sent, came: answer.text });
  if (answer.status !== 200) throw fail(`status ${answer.status}`);
  if (answer.broken !== null) throw fail(`the stream broke off: ${answer.broken}`);
  const speed = measured(answer);
  if (speed === null) throw fail("a stream without words");
  return speed;
}

const words = ["choices.*.delta.reasoning_content", "choices.*.delta.reasoning", "choices.*.delta.content"];

/** Null where no word came. */
export function measured({ events }: Pick<StreamedAnswer, "events">): Speed | null {
  const spoken = events.filter(({ json }) => texts(json, words) !== "");
  if (spoken.length === 0) return null;
  const firstTokenSeconds = spoken[0]!.seconds;
  const counted = events.flatMap(({ json }) => pluck(json, "usage.completion_tokens")).at(-1);
  const tokens = typeof counted === "number" ? counted : spoken.length;
  const seconds = spoken.at(-1)!.seconds - firstTokenSeconds;
  const tokensPerSecond = tokens < leastTokens || seconds <= 0 ? null : (tokens - 1) / seconds;
  return { firstTokenSeconds, tokensPerSecond };
}
