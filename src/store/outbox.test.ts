import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { storedEngines } from "./engines.ts";
import { storedJournal } from "./journal.ts";
import { Outbox } from "./outbox.ts";
import { type Failure, fileOf, type Outcome, type StoreFile, type Task } from "./tasks.ts";

const full: Failure = { message: "disk full", remedy: "Make room.", passes: true };
const limits = { bytes: 4000, retryMilliseconds: 100, slowMilliseconds: 1000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A disk that takes, refuses, or keeps silent until it is told to answer. */
class Disk {
  readonly written: Task[] = [];
  readonly refuses = new Map<StoreFile, Failure>();
  readonly batches: number[] = [];
  readonly news: string[] = [];
  silent = false;
  #answer: (() => void) | null = null;
  readonly outbox = new Outbox(
    async (tasks) => {
      this.batches.push(tasks.length);
      if (this.silent) await new Promise<void>((resolve) => (this.#answer = resolve));
      return tasks.map((task) => this.#do(task));
    },
    { failing: ({ message }) => this.news.push(message), recovered: (file) => this.news.push(`${file} is well`) },
    limits,
  );

  answer(): void {
    this.silent = false;
    this.#answer?.();
  }

  bodies(): string[] {
    return this.written.flatMap(({ name, input }) =>
      name === "addEvents" || name === "addCheckpoint" ? input.body : [],
    );
  }

  #do(task: Task): Outcome {
    const failure = this.refuses.get(fileOf(task.name));
    if (failure !== undefined) return { failure };
    this.written.push(task);
    return { answer: undefined };
  }
}

const lane = () => ({ chained: false, lost: vi.fn() });
const load = (model: string): Task => ({ name: "addLoad", input: { model, seconds: 1, at: 1 } });
const settled = () => vi.advanceTimersByTimeAsync(0);

test("what comes while the disk is busy is sent together, in its order", async () => {
  const disk = new Disk();
  disk.silent = true;
  for (const model of ["a", "b", "c"]) disk.outbox.offer(load(model), lane());
  disk.answer();
  await settled();
  expect(disk.batches).toEqual([1, 2]);
  expect(disk.written).toEqual(["a", "b", "c"].map(load));
});

test("what a disk refuses is written once it is well, which is said once, and health is green again", async () => {
  const disk = new Disk();
  disk.refuses.set("hearth.db", full);
  disk.outbox.offer(load("a"), lane());
  await vi.advanceTimersByTimeAsync(450);
  expect(disk.outbox.health()).toMatchObject({ status: "failing", problem: "Make room.", droppedWrites: 0 });
  expect(disk.outbox.health().failedWrites).toBeGreaterThan(2);
  disk.refuses.clear();
  await vi.advanceTimersByTimeAsync(100);
  expect(disk.written).toContainEqual(load("a"));
  expect(disk.outbox.health()).toMatchObject({ status: "ok", problem: null, queued: 0 });
  expect(disk.news).toEqual(["disk full", "hearth.db is well"]);
});

test("one who asks is told at once, and the disk is watched though nothing is to be written", async () => {
  const disk = new Disk();
  disk.refuses.set("hearth.db", full);
  await expect(disk.outbox.ask("removeKey", { name: "a" })).rejects.toThrow("Make room.");
  disk.refuses.clear();
  await vi.advanceTimersByTimeAsync(100);
  expect(disk.outbox.health().status).toBe("ok");
});

test("a file that refuses does not keep the other one from being written", async () => {
  const disk = new Disk();
  disk.refuses.set("hearth.db", full);
  disk.outbox.offer(load("a"), lane());
  await settled();
  disk.outbox.offer({ name: "addEvents", input: { at: 1, body: "x" } }, lane());
  await settled();
  expect(disk.bodies()).toEqual(["x"]);
});

test("a disk that keeps silent is said to be slow, and nobody is let wait for it", async () => {
  const disk = new Disk();
  disk.silent = true;
  disk.outbox.offer(load("a"), lane());
  await vi.advanceTimersByTimeAsync(1100);
  expect(disk.outbox.health().status).toBe("slow");
  await expect(disk.outbox.ask("removeKey", { name: "a" })).rejects.toThrow("does not answer");
  disk.answer();
  await settled();
  expect(disk.outbox.health().status).toBe("ok");
});

test("when too much waits the oldest goes, counted; engines and what somebody waits for never", async () => {
  const disk = new Disk();
  disk.silent = true;
  disk.outbox.offer(load("first"), lane());
  const engines = storedEngines(disk.outbox, []);
  const record = { model: "a", processStart: "", port: 1, apiKey: "", specHash: "", generation: 1, readyAt: null };
  engines.put({ ...record, pid: 1, startedAt: 1 });
  const key = disk.outbox.ask("removeKey", { name: "ann" });
  const lanes = Array.from({ length: 20 }, lane);
  for (const [index, one] of lanes.entries()) disk.outbox.offer(load(String(index)), one);
  engines.put({ ...record, pid: 2, startedAt: 2 });
  const lost = lanes.map(({ lost }) => lost.mock.calls.length);
  expect(lost).toEqual([...Array(10).fill(1), ...Array(10).fill(0)]);
  expect(disk.outbox.health()).toMatchObject({ queued: 12, droppedWrites: 10 });
  disk.answer();
  await key;
  await settled();
  const written = disk.written.map(({ name, input }) => (name === "addLoad" ? input.model : name));
  expect(written.slice(0, 3)).toEqual(["first", "removeKey", "10"]);
  expect(disk.written.filter(({ name }) => name === "setEngines")).toEqual([
    { name: "setEngines", input: engines.list() },
  ]);
});

test("a journal that lost something goes on with a checkpoint, once it can be written", async () => {
  const disk = new Disk();
  const journal = storedJournal(disk.outbox, 0);
  const state = { nothing: true } as never;
  journal.checkpoint(1, state, state);
  await settled();
  disk.silent = true;
  for (let at = 2; at < 8; at += 1) {
    journal.append(at, { type: "touch", model: "m".repeat(1000) });
    journal.flush();
  }
  expect(disk.outbox.health().droppedWrites).toBeGreaterThan(0);
  await vi.advanceTimersByTimeAsync(1100);
  expect(journal.due).toBe(false);
  disk.answer();
  await settled();
  expect(journal.due).toBe(true);
  journal.append(8, { type: "touch", model: "cannot be folded" });
  journal.checkpoint(9, state, state);
  journal.append(10, { type: "touch", model: "can" });
  journal.flush();
  await settled();
  expect(journal.due).toBe(false);
  const bodies = disk.bodies();
  expect(bodies.join()).not.toContain("cannot be folded");
  expect(bodies.slice(-2)).toEqual([expect.stringContaining("nothing"), expect.stringContaining('"can"')]);
});

test("what waits when it is closed is tried once more, and no longer waited for", async () => {
  const disk = new Disk();
  disk.refuses.set("hearth.db", full);
  disk.outbox.offer(load("a"), lane());
  await settled();
  await disk.outbox.close();
  const tries = disk.batches.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(disk.batches).toHaveLength(tries);
});
