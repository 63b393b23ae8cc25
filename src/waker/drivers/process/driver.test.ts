import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { model } from "../../../../test/support/model-spec.ts";
import { OwnedProcess } from "../../../../test/support/processes/owned-process.ts";
import { driverContract } from "../../../../test/support/waker/driver-contract.ts";
import type { ModelSpec } from "../../../domain/model.ts";
import { noEngines } from "../../../store/engines.ts";
import { openStore, type Store } from "../../../store/store.ts";
import type { Driver, Engine } from "../../driver.ts";
import { processDriver } from "./driver.ts";
import { processEntry } from "./process-table.ts";
import { groupMembers } from "./stop.ts";

const fakeEngine = new URL("../../../../test/support/fake-engine.ts", import.meta.url).pathname;
const log = { debug() {} };

function specOf(id: string, command: string[], env: Record<string, string> = {}): ModelSpec {
  return model(id, {
    runtime: { kind: "process", command, env, healthPath: "/health", startTimeoutSeconds: 20, stopGraceSeconds: 2 },
  });
}

function driverOf(home: string, store: Pick<Store, "instance" | "engines">, instance = store.instance): Driver {
  return processDriver({ home, instance, engines: store.engines, log, embeddedCommand: () => [] });
}

let home: string;
let store: Store;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "hearth-process-"));
  store = await openStore(home);
});
afterEach(async () => {
  for (const engine of await driverOf(home, store).found()) await engine.stop(0);
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

driverContract("process", async () => ({
  driver: driverOf(home, store),
  spec: (id, flags = []) =>
    specOf(id, [process.execPath, fakeEngine, "--port", "{port}", "--model", "{model}", ...flags]),
  successor: () => driverOf(home, store),
  stranger: () => driverOf(home, { instance: "of another home", engines: noEngines }),
  kill: async (engine) => {
    process.kill(engine.pid!, "SIGKILL");
    await engine.exited;
  },
  close: async () => {},
}));

describe("the process driver", () => {
  /** Runs a script in the place of an engine, and returns its output once it has said `ready`. */
  async function run(
    script: string,
    options: { env?: Record<string, string>; weights?: string; args?: string[] } = {},
  ) {
    const file = join(home, "engine.mjs");
    writeFileSync(file, script);
    const spec = specOf("m/1", [process.execPath, file, ...(options.args ?? [])], options.env);
    const order = {
      spec,
      specHash: "h",
      generation: 1,
      node: "local",
      apiKey: "engine secret",
      poolGiB: 64,
      weights: options.weights ?? null,
    };
    const engine = await driverOf(home, store).start(order);
    const lines: string[] = [];
    for await (const line of engine.logs({ lines: 100, follow: true, signal: AbortSignal.timeout(120_000) })) {
      if (line === "ready") break;
      lines.push(line);
    }
    return { engine, lines };
  }
  const stay = 'console.log("ready"); setInterval(() => {}, 1000);';

  it("fills in the placeholders, and passes nothing of Hearth's own environment that the engine does not need", async () => {
    process.env.HEARTH_API_KEY = "a secret of ours";
    const script = `console.log(JSON.stringify([process.argv.slice(2), process.env])); ${stay}`;
    const { engine, lines } = await run(script, {
      args: ["--at={port}", "{model}", "{weights}", "{key}", "{share}"],
      env: { BASE: "http://127.0.0.1:{port}", JSON: '{"a":{}}' },
      weights: "/w/file.gguf",
    });
    delete process.env.HEARTH_API_KEY;
    const [args, env] = JSON.parse(lines[0]!) as [string[], Record<string, string>];
    const port = new URL(engine.origin).port;
    expect(args).toEqual([`--at=${port}`, "m/1", "/w/file.gguf", "engine secret", "0.0157"]);
    expect(env.BASE).toBe(`http://127.0.0.1:${port}`);
    expect(env.JSON).toBe('{"a":{}}');
    expect(env.HEARTH_ENGINE_KEY).toBe("engine secret");
    expect(env.PATH).toBe(process.env.PATH);
    expect(JSON.stringify(env)).not.toContain("a secret of ours");
    await engine.stop(1);
  });

  it("takes the engine's children along, and those that left its session too", async () => {
    const script = `
      import { spawn } from "node:child_process";
      const sleep = ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"];
      const child = spawn(process.execPath, sleep);
      const stray = spawn(process.execPath, sleep, { detached: true, stdio: "ignore" });
      console.log(child.pid + " " + stray.pid);
      ${stay}`;
    const { engine, lines } = await run(script);
    const pids = lines[0]!.split(" ").map(Number);
    expect(pids.map((pid) => processEntry(pid)?.zombie)).toEqual([false, false]);
    await engine.stop(0.2);
    expect(pids.map((pid) => processEntry(pid)?.zombie ?? true)).toEqual([true, true]);
    expect(groupMembers(engine.pid!)).toEqual([]);
  });

  it("tells a kill that it did not send from one that it did", async () => {
    const { engine } = await run(stay);
    process.kill(engine.pid!, "SIGKILL");
    expect((await engine.exited).text).toMatch(/which Hearth did not send: probably out of memory \(.* GiB/);
    const { engine: stopped } = await run(`process.on("SIGTERM", () => {}); ${stay}`);
    await stopped.stop(0.1);
    expect((await stopped.exited).text).toBe("stopped with SIGKILL");
  });

  it("says what is wrong when the program does not exist", async () => {
    const order = {
      spec: specOf("x", ["/no/such/program"]),
      specHash: "h",
      generation: 1,
      node: "local",
      apiKey: "k",
      poolGiB: 100,
      weights: null,
    };
    await expect(driverOf(home, store).start(order)).rejects.toThrow(
      /Cannot run \/no\/such\/program: .*Is it installed/,
    );
  });

  it("finds an engine whose record is lost, by its environment", async () => {
    const { engine } = await run(stay);
    store.engines.remove(engine.pid!);
    const [found] = await driverOf(home, store).found();
    expect(found).toMatchObject({ pid: engine.pid, model: "m/1", apiKey: "engine secret", generation: 1 });
    await found!.stop(1);
  });

  it("forgets the record of a process whose pid is somebody else's by now", async () => {
    const { engine } = await run(stay);
    await engine.stop(1);
    const innocent = new OwnedProcess(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    store.engines.put({
      ...{ model: "m/1", pid: innocent.pid, processStart: "1", port: 1, apiKey: "", specHash: "h" },
      ...{ generation: 1, startedAt: 0, readyAt: 0 },
    });
    expect(await driverOf(home, store).found()).toEqual([]);
    expect(store.engines.list()).toEqual([]);
    expect(innocent.alive).toBe(true);
    await innocent.end();
  });

  it("leaves an engine that outlives kill -9 of Hearth, and finds it again", async () => {
    const itsHome = join(home, "its own");
    const hearth = join(home, "hearth.ts");
    const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    writeFileSync(
      hearth,
      `import { processDriver } from ${url("./driver.ts")};
       import { openStore } from ${url("../../../store/store.ts")};
       const store = await openStore(${JSON.stringify(itsHome)});
       const driver = processDriver({ home: ${JSON.stringify(itsHome)}, instance: store.instance, engines: store.engines, log: console });
       const spec = ${JSON.stringify(specOf("a", [process.execPath, fakeEngine, "--port", "{port}", "--model", "a"]))};
       const engine = await driver.start({ spec, specHash: "h", generation: 7, node: "local", apiKey: "k", poolGiB: 100, weights: null });
       console.log("pid " + engine.pid);
       setInterval(() => {}, 1000);`,
    );
    const child = new OwnedProcess(process.execPath, [hearth]);
    const pid = Number((await child.says(/(?<=^pid )\d+$/m))[0]);
    await child.end("SIGKILL");
    const next = await openStore(itsHome);
    const found = await driverOf(itsHome, next).found();
    expect(found.map((engine: Engine) => [engine.pid, engine.generation])).toEqual([[pid, 7]]);
    await found[0]!.stop(5);
    await found[0]!.exited;
    await next.close();
    expect(processEntry(pid)?.zombie ?? true).toBe(true);
  });
});
