/**
 * What every driver promises. A new driver calls `driverContract` once from its test file; what is special about it is
 * tested beside it.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelSpec } from "../../../src/domain/model.ts";
import type { Driver, Engine } from "../../../src/waker/driver.ts";

export interface ContractSetup {
  driver: Driver;
  /** A model on the fake engine (test/support/fake-engine.ts) with these flags of it. */
  spec(id: string, flags?: string[]): ModelSpec;
  /** The driver of the next run of the same instance: it knows only what outlives a kill -9. */
  successor(): Driver;
  /** The driver of another instance on the same machine. */
  stranger(): Driver;
  /** Ends an engine behind the driver's back, at once. */
  kill(engine: Engine): Promise<void>;
  close(): Promise<void>;
}

export function driverContract(name: string, setup: () => Promise<ContractSetup>): void {
  describe(`the ${name} driver keeps the contract:`, () => {
    let our: ContractSetup;
    beforeEach(async () => {
      our = await setup();
    });
    afterEach(() => our.close());

    let generation = 0;
    const start: Start = (id, flags = []) => {
      generation += 1;
      const spec = our.spec(id, flags);
      const apiKey = `key-${generation}`;
      return our.driver.start({
        spec,
        specHash: "hash",
        generation,
        node: "local",
        apiKey,
        poolGiB: 64,
        weights: null,
      });
    };
    serving(start);
    ending(start);
    logging(start);
    outliving(start, () => our);
  });
}

type Start = (id: string, flags?: string[]) => Promise<Engine>;

function serving(start: Start): void {
  it("an engine answers on its origin, under its key alone", async () => {
    const engine = await start("a");
    await up(engine);
    expect((await models(engine)).status).toBe(200);
    expect((await models(engine, "another key")).status).toBe(401);
    expect(await engine.ownsPort()).toBe(true);
    expect((await engine.memory())!.residentGiB).toBeGreaterThan(0.01);
  });

  it("two engines have different origins", async () => {
    const [a, b] = await Promise.all([start("a"), start("b")]);
    await Promise.all([up(a), up(b)]);
    expect(a.origin).not.toBe(b.origin);
  });
}

function ending(start: Start): void {
  it("stop ends an engine that obeys, long before its grace is over", async () => {
    const engine = await start("a");
    await up(engine);
    const before = performance.now();
    await engine.stop(300);
    expect(performance.now() - before).toBeLessThan(150_000);
    await expect(models(engine)).rejects.toThrow();
    await engine.exited;
  });

  it("stop ends an engine that ignores SIGTERM, after the grace", async () => {
    const engine = await start("a", ["--ignore-sigterm"]);
    await up(engine);
    const before = performance.now();
    await engine.stop(0.5);
    expect(performance.now() - before).toBeGreaterThan(450);
    await expect(models(engine)).rejects.toThrow();
  });

  it("stop of an engine that is gone already is no error, and two at once are one", async () => {
    const engine = await start("a", ["--crash-at-start"]);
    await engine.exited;
    await Promise.all([engine.stop(5), engine.stop(5)]);
    await engine.stop(5);
  });

  it("says how an engine ended", async () => {
    const engine = await start("a", ["--crash-at-start"]);
    const exit = await engine.exited;
    expect(exit.code).toBe(1);
    expect(exit.text).toContain("code 1");
    await engine.stop(1);
  });
}

function logging(start: Start): void {
  it("keeps the log, also of an engine that is gone", async () => {
    const engine = await start("a", ["--crash-at-start"]);
    await engine.exited;
    await engine.stop(1);
    const lines = await collect(engine.logs({ lines: 100, follow: false, signal: new AbortController().signal }));
    expect(lines).toContain("RuntimeError: fake engine told to crash at start");
    expect(await collect(engine.logs({ lines: 1, follow: false, signal: AbortSignal.timeout(120_000) }))).toHaveLength(
      1,
    );
  });

  it("follows the log until the engine ends", async () => {
    const engine = await start("a");
    const following = collect(engine.logs({ lines: 0, follow: true, signal: AbortSignal.timeout(120_000) }));
    await up(engine);
    await engine.stop(5);
    expect((await following).some((line) => line.includes(`MiB held`))).toBe(true);
  });
}

function outliving(start: Start, setup: () => ContractSetup): void {
  it("the next run finds what an earlier one left, and can watch and stop it", async () => {
    const left = await start("a");
    const dying = await start("b");
    await Promise.all([up(left), up(dying)]);
    const found = await setup().successor().found();
    const facts = ({ model, specHash, generation, node, apiKey, origin }: Engine) => ({
      ...{ model, specHash, generation, node, apiKey, origin },
    });
    const byModel = (x: { model: string }, y: { model: string }) => x.model.localeCompare(y.model);
    expect(found.map(facts).sort(byModel)).toEqual([facts(left), facts(dying)]);
    const [a, b] = found.sort(byModel) as [Engine, Engine];
    expect((await models(a)).status).toBe(200);
    await setup().kill(dying);
    await b.exited;
    await b.stop(1);
    await a.stop(5);
    await left.exited;
    expect(await setup().successor().found()).toEqual([]);
  });

  it("an engine of another instance is not found", async () => {
    const engine = await start("a");
    await up(engine);
    expect(await setup().stranger().found()).toEqual([]);
  });
}

function models(engine: Engine, key = engine.apiKey): Promise<Response> {
  return fetch(`${engine.origin}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
}

/** Waits until the engine says in its log that it listens. */
async function up(engine: Engine): Promise<void> {
  const signal = AbortSignal.timeout(120_000);
  for await (const line of engine.logs({ lines: 100, follow: true, signal })) {
    if (/^fake engine: .* on .*:\d+/.test(line)) return;
  }
  throw new Error("the fake engine never came up");
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
