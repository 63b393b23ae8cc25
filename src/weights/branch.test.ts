/** Weights of a branch: what it was at when they were first fetched is fetched ever after. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { failure, useBench } from "../../test/support/weights/bench.ts";
import { hubSource } from "../../test/support/weights/hub.ts";
import { type MovingHub, startMovingHub } from "../../test/support/weights/moving-hub.ts";
import { specOf, weightsBytes } from "../../test/support/weights/weights-file.ts";
import { resolutionsIn } from "../resolved/resolutions.ts";
import { hubAsker } from "./hub.ts";

const bytes = weightsBytes(100_000);
const others = weightsBytes(100_000, 2);
const bench = useBench();
const spec = specOf(bytes, [hubSource]);

let hub: MovingHub;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  hub = await startMovingHub();
  env = { PATH: process.env.PATH, HF_ENDPOINT: hub.url, HF_HOME: "/nonexistent" };
});
afterEach(() => hub.close());

const resolutions = () => resolutionsIn(bench.home, hubAsker(env), () => {});
const fetchAnew = async () => {
  rmSync(join(bench.home, "weights"), { recursive: true, force: true });
  return bench.ensure(spec, { env, resolutions: resolutions() });
};

it("a second fetch takes what the first has taken, although the branch has moved", async () => {
  const first = hub.move(bytes);
  await fetchAnew();
  hub.move(others);
  await fetchAnew();
  expect(hub.fetched).toEqual([first, first].map((commit) => `/tests/tiny/resolve/${commit}/model.gguf`));
  expect((await resolutions().read()).commits["tests/tiny@main"]!.is).toBe(first);
});

it("a commit that did not have the right file is not kept", async () => {
  hub.move(others);
  await failure(fetchAnew());
  expect((await resolutions().read()).commits).toEqual({});
  const right = hub.move(bytes);
  await fetchAnew();
  expect((await resolutions().read()).commits["tests/tiny@main"]!.is).toBe(right);
});

it("a hub that knows nothing of commits is taken as it is", async () => {
  hub.knowsCommits = false;
  hub.move(bytes);
  await fetchAnew();
  expect(hub.fetched).toEqual(["/tests/tiny/resolve/main/model.gguf"]);
  expect((await resolutions().read()).commits).toEqual({});
});

it("a kept commit that the hub has no more: says what keeps it, and what takes the present one", async () => {
  hub.move(bytes);
  await resolutions().keep("commits", "tests/tiny@main", "f".repeat(40));
  expect((await failure(fetchAnew())).message).toMatch(/f{40}, which this machine has kept to; `hearth upgrade` takes/);
});
