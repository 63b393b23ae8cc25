import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import type { ChoiceView } from "../../domain/choice-view.ts";
import type { ListedModel } from "../model-list.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-models-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** No Docker, no GPU. */
const machine = { PATH: "/none", DOCKER_HOST: "unix:///nowhere.sock" };
const env = { ...machine, HEARTH_HOME: join(folder, "home") };
const run = (...argv: string[]) => hearthCli(argv, { env, cwd: folder });
const wide = (...argv: string[]) => hearthCli(argv, { env: { ...env, COLUMNS: "1000" }, cwd: folder });

async function listed(...argv: string[]): Promise<ListedModel[]> {
  const { code, out } = await run("models", ...argv, "--json");
  expect(code).toBe(0);
  return JSON.parse(out);
}

describe("hearth models without a server", () => {
  test("lists the whole catalog", async () => {
    const models = await listed();
    expect(models.length).toBeGreaterThanOrEqual(55);
    expect(models.find(({ id }) => id === "gpt-oss-120b")).toMatchObject({
      aliases: ["openai/gpt-oss-120b"],
      memoryGiB: expect.closeTo(80, -1),
      catalog: { family: "gpt-oss", needsGpu: true, repository: "openai/gpt-oss-120b" },
      hindrance: expect.stringMatching(/^it needs an NVIDIA GPU/),
      server: null,
    });
    expect(models.find(({ id }) => id === "smollm2-135m-instruct")!.hindrance).toBeNull();
    const { out } = await wide("models");
    expect(out).toMatch(/^qwen3-next-80b-a3b-instruct-fp4 .* disabled: .* Use `gpt-oss-120b` instead\.$/m);
  });

  test.each([80, 50])("fits %s columns, with every id whole", async (columns) => {
    const { out } = await hearthCli(["models"], { env: { ...env, COLUMNS: String(columns) }, cwd: folder });
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^MODEL .*MEMORY +ANSWERS$/);
    for (const line of lines) if (line.includes(" ")) expect(line.length).toBeLessThanOrEqual(columns);
    expect(lines.filter((line) => line.startsWith("gpt-oss-120b "))).toEqual([
      expect.stringMatching(/ +80 GiB +not here$/),
    ]);
    expect(out).toMatch(/^jackrong-qwen3\.5-35b-a3b-claude/m);
  });

  test("`models list` is the same", async () => {
    expect(await run("models", "list", "--status", "recommended")).toEqual(
      await run("models", "--status", "recommended"),
    );
  });

  test("filters by what a model can do, takes, and how far it can be trusted", async () => {
    const models = await listed("--can", "tools,vision", "--max-memory", "60GiB", "--status", "experimental");
    expect(models.map(({ id }) => id)).toContain("gemma4-26b-a4b");
    for (const { capabilities, memoryGiB, status } of models) {
      expect(capabilities).toEqual(expect.arrayContaining(["tools", "vision"]));
      expect(memoryGiB).toBeLessThanOrEqual(60);
      expect(status).toBe("experimental");
    }
  });

  test.each([
    [["--can", "toools"], '--can does not know "toools"; there are chat, '],
    [["--status", "good"], '--status does not know "good"; there are recommended, '],
    [["--max-memory", "60"], '--max-memory takes a size such as 60GiB, not "60".'],
  ])("%s is a wrong command line", async (argv, message) => {
    expect(await run("models", ...argv)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe("hearth models with a server", () => {
  const own = {
    ...{ id: "own", aliases: [], summary: "Mine", status: "manual", statusReason: null, capabilities: ["chat"] },
    ...{ context: 4096, concurrency: 1, memoryGiB: 3, lifecycle: "normal", state: "absent", secondsToReady: 20 },
  };
  const server = createServer((_, response) => response.end(JSON.stringify({ models: [own] })));
  afterAll(() => server.close());

  test("lists what it offers, with --all the catalog too, as JSON always both", async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (...argv: string[]) =>
      hearthCli(["models", ...argv], { env: { HEARTH_URL: url, HEARTH_API_KEY: "key", COLUMNS: "200" }, cwd: folder });
    const { out, err } = await ask();
    expect(out).toMatch(/^own +absent +4096 +3 GiB +in 20 s +chat +manual: Mine$/m);
    expect(out.trim().split("\n")).toHaveLength(2);
    expect(err).toBe("The catalog has more: hearth models --all\n");
    expect((await ask("--all")).out).toMatch(/^gpt-oss-20b +- /m);
    const all: ListedModel[] = JSON.parse((await ask("--json")).out);
    expect(all[0]).toMatchObject({ id: "own", catalog: null, server: { state: "absent" } });
    expect(all.length).toBeGreaterThan(55);
  });
});

describe("hearth models choose", () => {
  test("ranks, says what each costs and what keeps it from this machine, in 80 columns", async () => {
    const { code, out } = await run("models", "choose", "--needs", "vision,tools", "--context", "64k", "--count", "2");
    expect(code).toBe(0);
    expect(out).toMatch(/^1\. .+\n/);
    expect(out).toMatch(/^ {3}not here +it needs an NVIDIA GPU/m);
    expect(out).toMatch(/^ {3}takes +\d+ GiB of memory; [\d,]+ tokens of prompt and answer$/m);
    expect(out).toMatch(/^ {3}costs +download \d+(\.\d)? GB and its image; no build; no login; then \d/m);
    expect(out).toMatch(/^2\. /m);
    expect(out).not.toMatch(/^3\. /m);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("--json has all that suit", async () => {
    const { out } = await run("models", "choose", "--for", "coding", "--context", "200000", "--json");
    const choices: ChoiceView[] = JSON.parse(out);
    expect(choices.find(({ id }) => id === "qwen3.6-35b-a3b-nvfp4")).toMatchObject({
      ...{ status: "validated", context: 240_000, mayHangMachine: false },
      hindrance: expect.stringMatching(/^it needs an NVIDIA GPU/),
      costs: { downloadGB: expect.any(Number), image: "pulled", login: null, tokensPerSecond: { guessed: false } },
    });
  });

  test("says when nothing suits, or when the wish is not understood", async () => {
    expect(await run("models", "choose", "--for", "coding", "--memory", "1GiB")).toMatchObject({
      code: 1,
      err: expect.stringContaining("The catalog has nothing for coding within these limits."),
    });
    expect(await run("models", "choose", "--for", "cooking")).toMatchObject({
      code: 2,
      err: expect.stringContaining('--for does not know "cooking"; there are agents, '),
    });
    expect((await run("models", "choose", "--for", "code")).err).toContain("Did you mean coding?");
    expect((await run("models", "choose", "--context", "many")).code).toBe(2);
  });
});

describe("hearth models show", () => {
  test("has the arithmetic, the command, the image and what goes wrong", async () => {
    const { code, out } = await wide("models", "show", "llama-3.3-70b");
    expect(code).toBe(0);
    expect(out).toMatch(/^memory +70 GiB = 39\.1 weights \+ 21\.3 cache \+ 6 overhead, and a margin of 3\.5$/m);
    expect(out).toMatch(/^ +cache: 139,264 tokens x 163,840 bytes; weights: computed$/m);
    expect(out).toMatch(/^ +0\.5752 of the 121\.7 GiB of a DGX Spark: an upper bound$/m);
    expect(out).toMatch(/^command +serve nvidia\/Llama-3\.3-70B-Instruct-NVFP4 .*--tool-call-parser llama3_json/m);
    expect(out).toMatch(/^image +avarok\/vllm-dgx-spark:v11@sha256:/m);
    expect(out).toMatch(/^issue +OpenCode: .* Use gpt-oss-20b there instead\.$/m);
  });

  test("fits 80 columns, and says what may hang the machine", async () => {
    const { out } = await run("models", "show", "gpt-oss-120b-upstream");
    expect(out).toMatch(/^start +takes up to 109\.9 GiB while it starts/m);
    expect(out).toMatch(/^ +MAY HANG THE MACHINE: save your work first/m);
    for (const line of out.split("\n")) {
      // A word that is longer than the terminal is left whole, such as an image with its digest.
      const longest = Math.max(...line.split(" ").map((word) => word.length));
      if (longest < 60) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test("--json has the container's description too", async () => {
    const { out } = await run("models", "show", "gpt-oss-20b", "--json");
    expect(JSON.parse(out)).toMatchObject({
      id: "gpt-oss-20b",
      image: { name: "mxfp4" },
      spec: { runtime: { kind: "container", gpu: "all" } },
    });
  });

  test("an unknown model is named with the nearest", async () => {
    expect(await run("models", "show", "gpt-oss-20c")).toMatchObject({
      code: 1,
      err: expect.stringContaining('The catalog has no model "gpt-oss-20c". Did you mean gpt-oss-20b?'),
    });
  });
});
