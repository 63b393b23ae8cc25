import { describe, expect, test } from "vitest";
import type { ContainerRuntime } from "./container-runtime.ts";
import { digestOf, nothingResolved, openBranches, pinned, type Resolved } from "./resolved.ts";

const commit = "a".repeat(40);
const digest = `sha256:${"b".repeat(64)}`;
const since = "2026-11-25T10:00:00.000Z";
const resolved: Resolved = {
  commits: { "owner/name@main": { is: commit, since } },
  digests: { "lab/engine:nightly": { is: digest, since } },
};

function runtime(changes: Partial<ContainerRuntime>): ContainerRuntime {
  return {
    ...{ kind: "container", image: "lab/engine:nightly", command: [], env: {}, mounts: [], ulimits: [], devices: [] },
    ...{ gpu: "all", port: 8000, healthPath: "/health", startTimeoutSeconds: 600, stopGraceSeconds: 30 },
    ...changes,
  };
}

describe("a runtime whose names have been resolved", () => {
  const config = '{"method":"dflash","model":"lab/draft","revision":"{commit:lab/draft}"}';
  const open = runtime({ command: ["--revision", "{commit:owner/name}", "--port", "{port}", "--config", config] });

  test("names the branches that it leaves open, each once", () => {
    const twice = runtime({ command: [...open.command, "{commit:owner/name}"] });
    expect(openBranches(twice)).toEqual(["owner/name@main", "lab/draft@main"]);
  });

  test("says commit and digest, and leaves everything else as it was", () => {
    const { image, command } = pinned(open, resolved);
    expect(image).toBe(`lab/engine:nightly@${digest}`);
    expect(command.slice(0, 4)).toEqual(["--revision", commit, "--port", "{port}"]);
  });

  test("stays with the branch where nobody could say the commit, inside of JSON too", () => {
    expect(pinned(open, nothingResolved).command).toEqual([
      ...["--revision", "main", "--port", "{port}"],
      ...["--config", '{"method":"dflash","model":"lab/draft","revision":"main"}'],
    ]);
    expect(pinned(open, nothingResolved).image).toBe("lab/engine:nightly");
  });

  test("keeps compiled kernels of each digest apart", () => {
    const mount = { kind: "volume", source: "cache-1{digest}", target: "/cache", readOnly: false } as const;
    const sources = [resolved, nothingResolved].map(
      (each) => pinned(runtime({ mounts: [mount] }), each).mounts[0]!.source,
    );
    expect(sources).toEqual(["cache-1-bbbbbbbb", "cache-1"]);
  });

  test("takes no name of an object's own for a kept one", () => {
    expect(pinned(runtime({ image: "constructor" }), resolved).image).toBe("constructor");
  });
});

describe("an image's digest", () => {
  test.each([
    ["lab/engine:nightly", [`lab/engine@${digest}`], digest],
    ["docker.io/lab/engine:nightly", [`lab/engine@${digest}`], digest],
    ["engine", [`engine@${digest}`], digest],
    ["127.0.0.1:5000/engine:1", [`other/engine@sha256:0`, `127.0.0.1:5000/engine@${digest}`], digest],
    ["127.0.0.1:5000/engine", [`127.0.0.1:5000/engine@${digest}`], digest],
    ["lab/engine:nightly", [`other/engine@${digest}`], null],
    ["lab/built-here:1", [], null],
  ])("of %s known as %j is %s", (image, known, expected) => {
    expect(digestOf(image, known)).toBe(expected);
  });
});
