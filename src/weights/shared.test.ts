import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { until } from "../../test/support/until.ts";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { hubSource, serveAsHub } from "../../test/support/weights/hub.ts";
import { ensureInProcess } from "../../test/support/weights/processes.ts";
import { specOf, weightsBytes } from "../../test/support/weights/weights-file.ts";

const bytes = weightsBytes();
const half = bytes.length / 2;
const spec = specOf(bytes, [hubSource]);
const bench = useBench();

describe("two processes that want the same weights", () => {
  it("fetch them once; both see the progress and get the path", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const both = [1, 2].map(() => ensureInProcess(spec, bench.home, env));
    for (const { progress } of both) {
      await until("it sees half", () => progress().some(({ doneBytes }) => doneBytes === half));
    }
    bench.server.release();
    expect(await Promise.all(both.map(({ path }) => path))).toEqual([bench.target, bench.target]);
    expect(bench.server.transfers).toHaveLength(1);
  });

  it("take over from each other when one is killed, without losing a byte", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const first = ensureInProcess(spec, bench.home, env);
    await until("the first has half", () => bench.kept("hub-0") === half);
    const second = ensureInProcess(spec, bench.home, env);
    await until("the second waits", () => second.progress().some(({ doneBytes }) => doneBytes === half));
    await first.kill();
    bench.server.release();
    expect(await second.path).toBe(bench.target);
    expect(readFileSync(bench.target).equals(bytes)).toBe(true);
    expect(bench.server.transfers.map(({ range }) => range)).toEqual([
      `bytes=0-${bytes.length - 1}`,
      `bytes=${half}-${bytes.length - 1}`,
    ]);
  });
});

describe("two models of one process that want the same weights", () => {
  it("fetch them once", async () => {
    const env = serveAsHub(bench.server, { bytes });
    const paths = await Promise.all([bench.ensure(spec, { env }), bench.ensure(spec, { env })]);
    expect(paths).toEqual([bench.target, bench.target]);
    expect(bench.server.transfers).toHaveLength(1);
  });

  it("can stop waiting for each other", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const first = bench.ensure(spec, { env });
    await until("the first has half", () => bench.kept("hub-0") === half);
    const abort = new AbortController();
    const second = failure(bench.ensure(spec, { env, signal: abort.signal }));
    abort.abort(new Error("gone"));
    expect((await second).message).toBe("gone");
    bench.server.release();
    expect(await first).toBe(bench.target);
  });
});
