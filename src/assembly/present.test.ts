import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changedOptions, usualFile, withUnknownModel, yamlOf } from "../../test/support/assembly/changed-options.ts";
import { HearthClient } from "../../test/support/hearth-client.ts";
import { ConfigError } from "../config/issue.ts";
import { parseConfig } from "../config/load.ts";
import type { Snapshot } from "../link/link.ts";
import { type Hearth, startHearth } from "../main.ts";
import { planOf } from "./plan.ts";
import { shippedCatalog } from "./shipped-catalog.ts";

const home = mkdtempSync(join(tmpdir(), "hearth-present-"));
const env = { XDG_DATA_HOME: home, HEARTH_API_KEY: "always" };
const read = (file: Record<string, unknown>) => parseConfig(yamlOf(file), null, { cwd: home, env });

let load = () => read(usualFile());
const news: string[] = [];
const log = pino({ level: "info" }, { write: (line) => void news.push(JSON.parse(line).msg) });

let hearth: Hearth;
let client: HearthClient;

beforeAll(async () => {
  hearth = await startHearth({ load: () => load(), log, version: "0", signal: new AbortController().signal });
  client = new HearthClient(hearth.origin);
});

afterAll(async () => {
  await client.disconnect();
  await hearth.close(AbortSignal.abort());
  rmSync(home, { recursive: true });
});

/** What a reload of this file says of itself. */
function reload(next: typeof load): string {
  load = next;
  news.length = 0;
  hearth.reload();
  return news.at(-1) ?? "";
}

/** What anybody can see of both halves. */
async function seen() {
  const secrets = ["before", "after", "always"];
  const lists = await Promise.all(secrets.map((key) => client.get("/v1/models", { key })));
  const { models, nodes } = (await client.get("/hearth/v1/state", { key: "always" })).json as Snapshot;
  const budgets = nodes.map(({ memory: { budgetGiB, floorGiB } }) => ({ budgetGiB, floorGiB }));
  return { models, budgets, lists: lists.map(({ status, json }) => status === 200 && json) };
}

/** Of a machine that can run anything. */
function planned(file: Record<string, unknown>) {
  const memory = { totalGiB: 64, availableGiB: 32 };
  const engines = { memory, gpu: true, architecture: null, processors: 20, runs: () => true };
  const next = read(file);
  return planOf(next, { catalog: shippedCatalog(), engines, clients: null }, null);
}

/** The first of these files that is right, and not what is there already. */
function another(files: Iterable<Record<string, unknown>>): Record<string, unknown> {
  const before = JSON.stringify(planned(usualFile()).config);
  for (const file of files) {
    try {
      if (JSON.stringify(planned(file).config) !== before) return file;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  throw new Error("No value was found that changes this option: add one to changed-options.ts.");
}

test.each(changedOptions())(
  "$name: with an unknown model nothing of its change holds, without it all does",
  async ({ files }) => {
    const before = await seen();
    const file = another(files);
    expect(reload(() => read(withUnknownModel(file)))).toMatch(/is refused, the old one stays:\n.*no-such-model/);
    expect(await seen()).toEqual(before);
    expect(reload(() => read(file))).toMatch(/^applied/);
    expect(reload(() => read(usualFile()))).toMatch(/^applied/);
  },
);

test("what nobody expects while a file is read leaves everything as it is, and Hearth alive", async () => {
  const before = await seen();
  const broken = () => {
    throw new RangeError("a bug");
  };
  expect(reload(broken)).toMatch(/cannot be used, the old one stays/);
  expect(await seen()).toEqual(before);
});
