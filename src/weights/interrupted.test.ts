import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { until } from "../../test/support/until.ts";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { hubSource, serveAsHub } from "../../test/support/weights/hub.ts";
import { ensureInProcess } from "../../test/support/weights/processes.ts";
import { shortPatience, specOf, weightsBytes } from "../../test/support/weights/weights-file.ts";

const bytes = weightsBytes();
const otherBytes = weightsBytes(bytes.length, 2);
const half = bytes.length / 2;
const spec = specOf(bytes, [hubSource]);
const bench = useBench();

const rangeFrom = (from: number) => `bytes=${from}-${bytes.length - 1}`;
const lastRange = () => bench.server.transfers.at(-1)?.range;
const halfIsHere = () => until("half of it is here", () => bench.kept("hub-0") === half);
const isWhole = () => readFileSync(bench.target).equals(bytes);
const longPatience = { ...shortPatience, quiet: 60 };

describe("a connection that is cut", () => {
  it("is taken up where it ended", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const ensured = bench.ensure(spec, { env, patience: longPatience });
    await halfIsHere();
    serveAsHub(bench.server, { bytes });
    bench.server.cut();
    await ensured;
    expect(isWhole()).toBe(true);
    expect(bench.server.transfers.map(({ range }) => range)).toEqual([rangeFrom(0), rangeFrom(half)]);
  });

  it("is taken up more often than the limit as long as it gets on", async () => {
    const cuts = Array.from({ length: 8 }, () => 220_000);
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes, cuts }) });
    expect(isWhole()).toBe(true);
    expect(bench.server.transfers.length).toBeGreaterThan(8);
    expect(bench.server.transfers.filter(({ range }) => range === rangeFrom(0))).toHaveLength(1);
  });

  it("is given up when it does not get on, and what came is kept", async () => {
    const env = serveAsHub(bench.server, { bytes, cuts: [half, 0, 0, 0] });
    const problem = await failure(bench.ensure(spec, { env }));
    const kept = bench.kept("hub-0");
    expect(problem.message).toContain(`cut off 4 times in a row at ${kept} of ${bytes.length} bytes`);
    expect(existsSync(bench.target)).toBe(false);
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes }) });
    expect(lastRange()).toBe(rangeFrom(kept));
    expect(isWhole()).toBe(true);
  });

  it("counts as cut when it goes silent", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const patience = { ...shortPatience, quiet: 0.2, retries: 0 };
    const problem = await failure(bench.ensure(spec, { env, patience }));
    expect(problem.message).toContain("went silent");
    expect(bench.kept("hub-0")).toBe(half);
  });
});

describe("a remote that changed", () => {
  it("between two runs is noticed: nothing of the old content is used", async () => {
    const old = serveAsHub(bench.server, { bytes: otherBytes, etag: '"old"', cuts: [half, 0, 0, 0] });
    await failure(bench.ensure(spec, { env: old }));
    expect(bench.kept("hub-0")).toBeGreaterThan(0);
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes, etag: '"new"' }) });
    expect(lastRange()).toBe(rangeFrom(0));
    expect(isWhole()).toBe(true);
  });

  it("without saying so is noticed by the checksum, and fetched once more from the start", async () => {
    const old = serveAsHub(bench.server, { bytes: otherBytes, cuts: [half, 0, 0, 0] });
    await failure(bench.ensure(spec, { env: old }));
    const kept = bench.kept("hub-0");
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes }) });
    const ranges = bench.server.transfers.slice(-2).map(({ range }) => range);
    expect(ranges).toEqual([rangeFrom(kept), rangeFrom(0)]);
    expect(isWhole()).toBe(true);
  });

  it("in the middle of a run is begun anew", async () => {
    const env = serveAsHub(bench.server, { bytes: otherBytes, etag: '"old"', holdAfter: half });
    const ensured = bench.ensure(spec, { env, patience: longPatience });
    await halfIsHere();
    serveAsHub(bench.server, { bytes, etag: '"new"' });
    bench.server.cut();
    await ensured;
    expect(lastRange()).toBe(rangeFrom(0));
    expect(isWhole()).toBe(true);
  });
});

describe("an abort", () => {
  it("ends a download at once and keeps what came", async () => {
    const env = serveAsHub(bench.server, { bytes, holdAfter: half });
    const abort = new AbortController();
    const ended = failure(bench.ensure(spec, { env, patience: longPatience, signal: abort.signal }));
    await halfIsHere();
    abort.abort(new Error("nobody wants it any more"));
    expect((await ended).message).toBe("nobody wants it any more");
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes }) });
    expect(lastRange()).toBe(rangeFrom(half));
  });

  it("before the beginning asks nobody", async () => {
    const env = serveAsHub(bench.server, { bytes });
    const ended = await failure(bench.ensure(spec, { env, signal: AbortSignal.abort(new Error("too late")) }));
    expect(ended.message).toBe("too late");
    expect(bench.server.seen).toEqual([]);
  });
});

describe("a process killed in the middle", () => {
  it("leaves nothing under the file's name, and the next one goes on where it was", async () => {
    const killed = ensureInProcess(spec, bench.home, serveAsHub(bench.server, { bytes, holdAfter: half }));
    await halfIsHere();
    await killed.kill();
    expect(existsSync(bench.target)).toBe(false);
    await bench.ensure(spec, { env: serveAsHub(bench.server, { bytes }) });
    expect(lastRange()).toBe(rangeFrom(half));
    expect(isWhole()).toBe(true);
  });
});
