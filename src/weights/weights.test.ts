import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { FileServer } from "../../test/support/weights/file-server.ts";
import { hubSource, serveAsHub } from "../../test/support/weights/hub.ts";
import { specOf, weightsBytes } from "../../test/support/weights/weights-file.ts";
import { Problem } from "../domain/problem.ts";
import type { WeightsProgress } from "./progress.ts";

const bytes = weightsBytes();
const bench = useBench();

describe("weights from the hub", () => {
  it("arrive under their name, with progress from nothing to all", async () => {
    const env = serveAsHub(bench.server, { bytes });
    const progress: WeightsProgress[] = [];
    const path = await bench.ensure(specOf(bytes, [hubSource]), { env, onProgress: (each) => progress.push(each) });
    expect(path).toBe(bench.target);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(progress[0]).toEqual({ doneBytes: 0, totalBytes: bytes.length, secondsLeft: null });
    expect(progress.at(-1)).toEqual({ doneBytes: bytes.length, totalBytes: bytes.length, secondsLeft: 0 });
    expect(readdirSync(bench.state).sort()).toEqual(["checked.json", "lock"]);
  });

  it("are not asked for again", async () => {
    const env = serveAsHub(bench.server, { bytes });
    await bench.ensure(specOf(bytes, [hubSource]), { env });
    const asked = bench.server.seen.length;
    await expect(bench.ensure(specOf(bytes, [hubSource]), { env })).resolves.toBe(bench.target);
    expect(bench.server.seen).toHaveLength(asked);
  });

  it("are fetched anew when the file was damaged behind our back", async () => {
    const env = serveAsHub(bench.server, { bytes });
    await bench.ensure(specOf(bytes, [hubSource]), { env });
    writeFileSync(bench.target, weightsBytes(bytes.length, 2));
    const skipped: string[] = [];
    await bench.ensure(specOf(bytes, [hubSource]), { env, onSkipped: ({ source }) => skipped.push(source) });
    expect(readFileSync(bench.target).equals(bytes)).toBe(true);
    expect(skipped).toEqual([`file ${bench.target}`]);
  });

  it("need the token of a private repository", async () => {
    const env = serveAsHub(bench.server, { bytes, token: "hf_secret" });
    const refused = await failure(bench.ensure(specOf(bytes, [hubSource]), { env }));
    expect(refused.message).toContain("401");
    await expect(bench.ensure(specOf(bytes, [hubSource]), { env: { ...env, HF_TOKEN: "hf_secret" } })).resolves.toBe(
      bench.target,
    );
  });

  it("come from where the hub sends us, which never sees the token", async () => {
    const store = await FileServer.start();
    store.files.set("/blob", { bytes, etag: '"blob"' });
    // Another origin than the hub's, as its file store is.
    const redirect = `${store.url.replace("127.0.0.1", "localhost")}/blob`;
    const env = { ...serveAsHub(bench.server, { bytes, redirect, token: "hf_secret" }), HF_TOKEN: "hf_secret" };
    await expect(bench.ensure(specOf(bytes, [hubSource]), { env })).resolves.toBe(bench.target);
    expect(new Set(store.seen.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
    await store.close();
  });

  it("are taken from the cache that other programs filled", async () => {
    const repo = join(bench.home, "hf", "hub", "models--tests--tiny");
    mkdirSync(join(repo, "refs"), { recursive: true });
    mkdirSync(join(repo, "snapshots", "abc"), { recursive: true });
    writeFileSync(join(repo, "refs", "main"), "abc");
    writeFileSync(join(repo, "snapshots", "abc", "model.gguf"), bytes);
    const env = { ...serveAsHub(bench.server, { bytes }), HF_HOME: join(bench.home, "hf") };
    await expect(bench.ensure(specOf(bytes, [hubSource]), { env })).resolves.toBe(
      join(repo, "snapshots", "abc", "model.gguf"),
    );
    expect(bench.server.seen).toEqual([]);
  });

  it("are not asked for when the hub is forbidden", async () => {
    const env = { ...serveAsHub(bench.server, { bytes }), HF_HUB_OFFLINE: "1" };
    const refused = await failure(bench.ensure(specOf(bytes, [hubSource]), { env }));
    expect(refused.message).toContain("HF_HUB_OFFLINE=1");
    expect(bench.server.seen).toEqual([]);
  });
});

describe("weights that the user has", () => {
  it("are used where they are", async () => {
    const path = join(bench.home, "own.gguf");
    writeFileSync(path, bytes);
    await expect(bench.ensure(specOf(bytes, [{ kind: "file", path }]))).resolves.toBe(path);
    expect(existsSync(bench.target)).toBe(false);
  });

  it("are checked again when they changed", async () => {
    const path = join(bench.home, "own.gguf");
    writeFileSync(path, bytes);
    const spec = specOf(bytes, [{ kind: "file", path }]);
    await bench.ensure(spec);
    writeFileSync(path, weightsBytes(bytes.length, 2));
    expect((await failure(bench.ensure(spec))).message).toContain("SHA-256");
  });

  it("count when they were copied under the name that the problem tells", async () => {
    const spec = specOf(bytes, [{ kind: "file", path: "/nonexistent/model.gguf" }]);
    const { problem } = await failure(bench.ensure(spec));
    const own = join(bench.home, "own.gguf");
    writeFileSync(own, bytes);
    copyFileSync(own, problem.data.path);
    await expect(bench.ensure(spec)).resolves.toBe(problem.data.path);
  });
});

describe("a source that cannot help", () => {
  it("with wrong bytes is skipped and named", async () => {
    const env = serveAsHub(bench.server, { bytes: weightsBytes(bytes.length, 2) });
    const own = join(bench.home, "own.gguf");
    writeFileSync(own, bytes);
    const skipped: { source: string; reason: string }[] = [];
    const spec = specOf(bytes, [hubSource, { kind: "file", path: own }]);
    await expect(bench.ensure(spec, { env, onSkipped: (each) => skipped.push(each) })).resolves.toBe(own);
    expect(skipped).toEqual([
      { source: "hub tests/tiny (model.gguf, main)", reason: expect.stringContaining("gave wrong bytes: SHA-256") },
    ]);
    expect(existsSync(bench.target)).toBe(false);
    expect(readdirSync(bench.state).filter((name) => name.endsWith(".bytes"))).toEqual([]);
  });

  it("is named with its reason beside all others, and a way out", async () => {
    const env = { ...serveAsHub(bench.server, { bytes, status: 503 }) };
    const spec = specOf(bytes, [{ kind: "file", path: "/nonexistent/a.gguf" }, hubSource]);
    const problem = await failure(bench.ensure(spec, { env }));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.problem.code).toBe("model_unavailable");
    expect(problem.message).toContain("file /nonexistent/a.gguf: there is no such file");
    expect(problem.message).toContain("hub tests/tiny (model.gguf, main): ");
    expect(problem.message).toContain("503");
    expect(problem.message).toContain(`copy it to ${bench.target}`);
    expect(problem.message).toContain("sources: [{ kind: file, path: /your/model.gguf }]");
    expect(problem.problem.data.tried).toHaveLength(2);
  });

  it("that nobody listens on is given up at once", async () => {
    const env = serveAsHub(bench.server, { bytes });
    await bench.server.close();
    const problem = await failure(bench.ensure(specOf(bytes, [hubSource]), { env }));
    expect(problem.message).toContain("connection refused");
    bench.server = await FileServer.start();
  });

  it("whose name nobody knows is given up at once", async () => {
    const env = { ...serveAsHub(bench.server, { bytes }), HF_ENDPOINT: "http://hub.invalid" };
    const problem = await failure(bench.ensure(specOf(bytes, [hubSource]), { env }));
    expect(problem.message).toContain("hub.invalid: its name cannot be resolved");
  });

  it("that does not answer is given up soon", async () => {
    const env = serveAsHub(bench.server, { bytes, mute: true });
    const problem = await failure(bench.ensure(specOf(bytes, [hubSource]), { env }));
    expect(problem.message).toContain("no answer in time");
    expect(bench.server.seen).toHaveLength(1);
  });

  it("is not begun where the disk is too small, and the numbers are told", async () => {
    const huge = { ...specOf(bytes, [hubSource]), bytes: 1e15 };
    const env = serveAsHub(bench.server, { bytes, announced: huge.bytes });
    const problem = await failure(bench.ensure(huge, { env }));
    expect(problem.message).toMatch(/not enough disk space: 1000000068 MB are needed in .*, \d+ MB are free/);
    expect(bench.server.transfers).toEqual([]);
  });
});
