import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { FakeLink, modelView } from "../../../test/support/control/fake-link.ts";

const long = "a-name-that-goes-on-and-on-and-on-until-nobody-reads-it-any-more";
const none = { failed: 0, cancelled: 0, tokensCached: 0, tokensReasoning: 0, waitSeconds: 0, loadSeconds: 0 };
const used = {
  ...{ ...none, requests: 1234, estimated: 0, tokensIn: 1_234_567, tokensOut: 999, machineSeconds: 4000 },
  ...{ loads: 1, switches: 0, kilowattHours: 0.1, money: 0.03 },
};
const usage = {
  ...{ from: "2026-11-01", to: "2026-11-25", by: ["key", "model"], currency: "EUR", total: used },
  rows: [
    { ...used, key: "ann", model: "a" },
    { ...used, key: long, model: long, estimated: 1 },
  ],
};
const waits = {
  id: "r",
  key: long,
  model: long,
  since: 960,
  state: "waiting",
  place: 2,
  percent: null,
  secondsLeft: 95,
};
const answers: Record<string, unknown> = {
  "/hearth/v1/usage": usage,
  "/hearth/v1/requests/open": {
    requests: Array.from({ length: 20 }, () => ({ ...waits, phase: `waiting for ${long}` })),
  },
  "/hearth/v1/audit": {
    entries: [{ at: 0, by: "ann", address: "192.0.2.1", act: "createKey", target: long, details: {}, request: "r" }],
  },
};

const asked: string[] = [];
let env: Record<string, string>;
const server = createServer((request, response) => {
  asked.push(request.url!);
  response.end(JSON.stringify(answers[request.url!.split("?")[0]!]));
});
beforeAll(async () => {
  const link = new FakeLink();
  const models = [modelView(long, { state: "ready", running: 3 }), modelView("b", { waiting: 2, phase: "loading" })];
  answers["/hearth/v1/state"] = { ...link.state, at: 1000, why: `${long} waits, since ${long}`, models };
  await once(server.listen(0, "127.0.0.1"), "listening");
  env = { HEARTH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, HEARTH_API_KEY: "KEY" };
});
afterAll(() => void server.close());

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

test.each([["top"], ["usage", "--by", "key,model"], ["audit"]])(
  "hearth %s fits into eighty columns",
  async (...args) => {
    const { code, out } = await hearthCli(args, { env });
    expect(code).toBe(0);
    expect(widest(out)).toBeLessThanOrEqual(80);
  },
);

test("top shows what runs, who waits for what and for how long, and who used how much today", async () => {
  const { out } = await hearthCli(["top"], { env });
  expect(out).toMatch(/a-name-that-goes.*…\s+ready.*3\s+0\n/);
  expect(out).toMatch(/2\. waiting for.*1 min 35 s/);
  expect(out).toContain("and 5 more");
  expect(out).toMatch(/ann\s+1\.2k\s+1\.2M\s+999\s+1 h 6 min/);
  const json = JSON.parse((await hearthCli(["top", "--json"], { env })).out);
  expect(json.open).toHaveLength(20);
});

test("usage says what was used and what it cost, and which tokens are a guess", async () => {
  const { out } = await hearthCli(["usage", "--by", "key,model", "--from", "2026-11-01"], { env });
  expect(asked.at(-1)).toBe("/hearth/v1/usage?by=key%2Cmodel&from=2026-11-01");
  expect(out).toMatch(
    /^KEY\s+MODEL\s+REQUESTS\s+IN\s+OUT\s+MACHINE\s+EUR\nann\s+a\s+1\.2k\s+1\.2M\s+999\s+1 h 6 min\s+0\.03$/m,
  );
  expect(out).toMatch(/~1\.2M/);
  expect(JSON.parse((await hearthCli(["usage", "--json"], { env })).out)).toEqual(usage);
});

describe("keys, without a server", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hearth-keys-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const run = (...args: string[]) => hearthCli(args, { env: { HEARTH_HOME: home } });

  test("are made with limits, changed, and given a new secret; `none` takes a limit away", async () => {
    const limits = ["--tokens-per-day", "200000", "--concurrent", "2", "--hours", "Mon-Fri 15:00-19:00"];
    const made = await run("keys", "create", "kid", ...limits, "--expires", "2030-06-30", "--note", "homework");
    expect(made.code).toBe(0);
    const list = async () => JSON.parse((await run("keys", "list", "--json")).out)[0];
    expect(await list()).toMatchObject({
      ...{ name: "kid", limits: { tokensPerDay: 200_000, concurrent: 2 }, hours: "Mon-Fri 15:00-19:00" },
      ...{ expires: "2030-06-30", note: "homework", createdBy: "(command line)" },
    });
    expect((await run("keys", "change", "kid", "--hours", "none", "--concurrent", "5", "--models", "a*")).code).toBe(0);
    const changed = await list();
    expect(changed).toMatchObject({ models: ["a*"], limits: { tokensPerDay: 200_000, concurrent: 5 } });
    expect(changed).not.toHaveProperty("hours");
    const rotated = await run("keys", "rotate", "kid");
    expect(rotated.out.trim()).not.toBe(made.out.trim());
    expect((await list()).prefix).toBe(rotated.out.slice(0, changed.prefix.length));
    expect(widest((await run("keys", "list")).out)).toBeLessThanOrEqual(80);
  });

  test.each([
    [["--tokens-per-day", "many"], "limits.tokensPerDay"],
    [["--hours", "whenever"], "hours"],
    [["--capabilities", "magic"], "capabilities"],
  ])("%j is refused with what is wrong", async (args, field) => {
    expect(await run("keys", "create", "x", ...args)).toMatchObject({ code: 1, err: expect.stringContaining(field) });
  });

  test("that are not there are said to be", async () => {
    for (const command of ["change", "rotate", "revoke"]) {
      expect(await run("keys", command, "nobody")).toMatchObject({ code: 1, err: expect.stringContaining('"nobody"') });
    }
  });
});
