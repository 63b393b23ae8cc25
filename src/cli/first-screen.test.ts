import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { laptop16, spark, twoProcessors } from "../../test/support/catalog/machines.ts";
import { model } from "../../test/support/model-spec.ts";
import { FileServer } from "../../test/support/weights/file-server.ts";
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { type AnswererOptions, answererLines, firstAnswerer } from "./first-screen.ts";

const hub = await FileServer.start();
const folder = mkdtempSync(join(tmpdir(), "hearth-first-"));
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const all = resolveModels([], readCatalog());
const signal = new AbortController().signal;
/** Nobody listens there. */
const nowhere = { HF_ENDPOINT: "http://127.0.0.1:1", HF_HOME: "/nonexistent" };
const there = { HF_ENDPOINT: hub.url, HF_HOME: "/nonexistent" };
const answerer = (options: Partial<AnswererOptions>) =>
  firstAnswerer({ specs: all, place: laptop16, home: folder, env: there, signal, ...options });

describe("who answers first", () => {
  test("is the chooser's first on this machine, with its size, what it is good for and what it costs", async () => {
    expect(await answerer({})).toEqual({
      id: "qwen3-4b-instruct-2507",
      says:
        "qwen3-4b-instruct-2507, 4.02 billion parameters: The best that a CPU answers with in reasonable time; " +
        "questions, tools, code. It writes about 8 tokens a second (a guess). Its first question fetches 2.5 GB; the " +
        "answer says how far that is.",
    });
    expect((await answerer({ place: twoProcessors }))!.id).toBe("qwen2.5-0.5b-instruct");
  });

  test.each([
    ["does not answer", nowhere],
    ["must not be asked", { ...there, HF_HUB_OFFLINE: "1" }],
  ])("is the smallest where the hub %s, and the better one is named", async (_, env) => {
    const { id, says } = (await answerer({ env }))!;
    expect(id).toBe("smollm2-135m-instruct");
    expect(says).toMatch(
      /^127\.0\.0\.1:\d+ cannot be reached from here, so the smallest answers: smollm2-135m-instruct/,
    );
    expect(says).toContain("qwen3-4b-instruct-2507 is the better one here (2.5 GB)");
  });

  test("needs no hub once its weights are here", async () => {
    const home = join(folder, "filled");
    mkdirSync(join(home, "weights"), { recursive: true });
    writeFileSync(join(home, "weights", "Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf"), "");
    const { id, says } = (await answerer({ home, env: nowhere }))!;
    expect(id).toBe("qwen3-4b-instruct-2507");
    expect(says).not.toContain("fetches");
  });

  test("on a Spark is what set-up would prepare, as its weights come by its own image", async () => {
    expect((await answerer({ place: spark, env: nowhere }))!.id).toBe("qwen3.6-35b-a3b-nvfp4");
  });

  test("is one of those that are served, and of one's own the smallest that talks", async () => {
    const own = [
      model("large", { memoryGiB: 9 }),
      model("small", { memoryGiB: 2 }),
      model("deaf", { capabilities: [] }),
    ];
    expect((await answerer({ specs: own }))!.id).toBe("small");
    expect((await answerer({ specs: all.filter(({ id }) => id.startsWith("qwen2.5-0.5b")) }))!.id).toBe(
      "qwen2.5-0.5b-instruct",
    );
    expect(await answerer({ specs: [] })).toBeNull();
  });
});

test("it is said in lines that fit the terminal, with the way to a better one", async () => {
  const lines = answererLines((await answerer({}))!, 60);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  expect(lines.join(" ").replaceAll(/ +/g, " ")).toContain("Others, and what each costs: hearth models choose.");
});
