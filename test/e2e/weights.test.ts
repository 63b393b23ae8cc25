import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";
import type { HearthServer } from "../support/hearth-server.ts";
import { FileServer } from "../support/weights/file-server.ts";
import { serveAsHub } from "../support/weights/hub.ts";
import { specOf, weightsBytes } from "../support/weights/weights-file.ts";

const bytes = weightsBytes(2_000_000);
const half = bytes.length / 2;

function cli(hearth: HearthServer, ...argv: string[]) {
  return hearthCli(argv, { env: { HEARTH_HOME: join(hearth.home, "home") } });
}

async function hub(test_: (hub: FileServer) => Promise<void>): Promise<void> {
  const server = await FileServer.start();
  await test_(server).finally(() => server.close());
}

/** Each has a file of its own on the hub. */
function modelWith(id: string) {
  const source = { kind: "hub" as const, repo: "tests/tiny", file: `${id}.gguf`, revision: "main" };
  return { id, weights: specOf(bytes, [source], `${id}.gguf`) };
}

function serve(server: FileServer, id: string, holdAfter?: number) {
  const path = `/tests/tiny/resolve/main/${id}.gguf`;
  server.files.set(path, { bytes, etag: `"${id}"`, ...(holdAfter === undefined ? {} : { holdAfter }) });
}

const jobs = async (hearth: HearthServer) =>
  JSON.parse((await cli(hearth, "list", "--json")).out).jobs.map(
    ({ model, state }: { model: string; state: string }) => `${model} ${state}`,
  );

test("a server pulls one model at a time; what was cancelled or killed goes on where it was", async ({ start }) => {
  await hub(async (server) => {
    serve(server, "a", half);
    serve(server, "b");
    const env = { ...serveAsHub(server, { bytes }), HF_HUB_DISABLE_TELEMETRY: "1" } as Record<string, string>;
    const hearth = await start({ models: [modelWith("a"), modelWith("b")], env });
    const first = cli(hearth, "pull", "a");
    await hearth.until("half of a is here", async () => {
      const { weights } = JSON.parse((await cli(hearth, "list", "--json")).out);
      return weights[0].bytes === half;
    });
    const second = cli(hearth, "pull", "b");
    await hearth.until("b waits", async () => (await jobs(hearth)).join() === "a running,b waiting");
    expect((await cli(hearth, "rm", "a", "--yes")).err).toContain("a is being pulled or checked");
    expect((await cli(hearth, "pull", "a", "--cancel")).out).toContain("a is not pulled any more.");
    expect((await first).code).toBe(1);
    expect((await second).code).toBe(0);
    serve(server, "a");
    expect((await cli(hearth, "pull", "a")).out).toBe("a: its weights are here.\n");
    expect(server.transfers.at(-1)?.range).toBe(`bytes=${half}-${bytes.length - 1}`);
  });
});

test("weights that could not be had are no crash of their model; those of one that runs stay", async ({ start }) => {
  await hub(async (server) => {
    const env = serveAsHub(server, { bytes }) as Record<string, string>;
    server.files.set("/tests/tiny/resolve/main/m.gguf", { bytes, status: 503 });
    const hearth = await start({ models: [modelWith("m")], env });
    for (let tries = 0; tries < 4; tries += 1) expect((await hearth.chat("m")).status).toBe(503);
    serve(server, "m");
    expect((await cli(hearth, "pull", "m")).code).toBe(0);
    expect((await hearth.chat("m")).status).toBe(200);
    const { code, err } = await cli(hearth, "rm", "m", "--yes");
    expect([code, err]).toEqual([1, expect.stringContaining("m.gguf stays: m is ready. Stop it first")]);
    expect(existsSync(join(hearth.home, "home", "weights", "m.gguf"))).toBe(true);
  });
});
