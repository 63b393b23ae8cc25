/** `npm run -s bench:usage`: a million records: how soon it starts, how soon sums are there, and what writing costs the relay. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayAfter, dayOf, type UsageFilter } from "../../src/domain/usage.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { madeRequests, makeHome } from "./million.ts";
import { relayRates } from "./relay.ts";

/** Milliseconds. */
const marks = { start: 1000, sums: 100 };
const tries = 7;

const home = mkdtempSync(join(tmpdir(), "hearth-usage-"));
try {
  makeHome(home, (share) => progress(`making ${madeRequests} records: ${Math.round(share * 100)} %`));
  progress("");
  const beganAt = performance.now();
  const store = await openStore(home);
  judge("start", performance.now() - beganAt, marks.start);
  for (const [name, filter] of Object.entries(questions())) judge(name, await fastest(store, filter), marks.sums);
  const page = await timed(() => store.requests.find({ limit: 100, key: "person-3" }));
  judge("the newest 100 requests of a key", page, marks.sums);
  await compareRelay(store);
  await store.close();
} finally {
  rmSync(home, { recursive: true });
}

function questions(): Record<string, UsageFilter> {
  const to = dayOf(Date.now() / 1000);
  const month = { from: dayAfter(to, -29), to };
  const all = { from: dayAfter(to, -91), to };
  return {
    "by key, 30 days": { ...month, by: ["key"] },
    "by key, all days": { ...all, by: ["key"] },
    "by day, key and model, 30 days": { ...month, by: ["day", "key", "model"] },
    "by hour, 7 days": { from: dayAfter(to, -6), to, by: ["hour"] },
    "by hour of one key, 31 days": { from: dayAfter(to, -30), to, by: ["hour"], key: "person-3" },
    "all together": { ...all, by: [] },
  };
}

/** Other programs make it slower now and then, never faster. */
async function fastest(store: Store, filter: UsageFilter): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < tries; count += 1) times.push(await timed(() => store.requests.usage(filter)));
  return Math.min(...times);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  await work();
  return performance.now() - beganAt;
}

async function compareRelay(store: Store): Promise<void> {
  const rates = await relayRates({ with: store.requests.add, without: () => {} });
  const [written, not] = [median(rates.with!), median(rates.without!)];
  console.log(
    `relay: ${written.toFixed(0)} requests/s with records, ${not.toFixed(0)} without (${shareOf(written / not)})`,
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function shareOf(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? "" : "+"}${percent.toFixed(1)} %`;
}

function judge(name: string, milliseconds: number, most: number): void {
  const good = milliseconds < most;
  console.log(`${good ? "ok  " : "SLOW"} ${name}: ${milliseconds.toFixed(1)} ms (below ${most})`);
  if (!good) process.exitCode = 1;
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
