import { describe, expect, test } from "vitest";
import {
  board2,
  card6,
  card24,
  desktop32,
  laptop8,
  laptop16,
  smallSpark,
  spark,
  twoProcessors,
} from "../../test/support/catalog/machines.ts";
import { purposes } from "../domain/purposes.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { Wish } from "../domain/wish.ts";
import { readCatalog } from "./catalog.ts";
import { choose, firstChoice } from "./choose.ts";

const catalog = readCatalog();
const ids = (wish: Wish, place = spark) => choose(catalog, wish, place).map(({ model }) => model.id);

describe("the order", () => {
  test("evidence on this image comes before everything else: what nobody has seen work is never before what somebody has", () => {
    for (const purpose of [null, ...purposes]) {
      const proven = choose(catalog, { purpose }, spark)
        .filter(({ hindrance }) => hindrance === null)
        .map(({ spec }) => spec.status === "validated" || spec.status === "recommended");
      expect(proven, `${purpose}`).toEqual(proven.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  test("of what is proven the fast one is first, whatever its label says", () => {
    expect(ids({ purpose: "coding" }).slice(0, 2)).toEqual(["qwen3.6-35b-a3b-nvfp4", "gpt-oss-120b"]);
  });

  test("speeds that differ by less than measurements do leave the word to age", () => {
    const agents = ids({ purpose: "chat" });
    expect(agents.indexOf("gemma4-26b-a4b-nvfp4")).toBeLessThan(agents.indexOf("gpt-oss-120b"));
  });

  test("what is slower than people read, or holds no page, is behind its equals", () => {
    const equals = ids({ purpose: "writing" });
    expect(equals.indexOf("llama-3.3-70b-instruct-fp4")).toBeGreaterThan(equals.indexOf("gpt-oss-120b-upstream"));
    expect(ids({ purpose: "math" })[0]).not.toBe("qwen-math");
  });

  test("what the machine cannot run is at the end, with the reason", () => {
    const chosen = choose(catalog, { purpose: "chat" }, laptop16);
    const runs = chosen.filter(({ hindrance }) => hindrance === null);
    expect(chosen.slice(0, runs.length)).toEqual(runs);
    expect(runs[0]!.model.id).toBe("qwen3-4b-instruct-2507");
    expect(chosen.at(-1)!.hindrance).toMatch(/^it needs an NVIDIA GPU/);
    const large = choose(catalog, { purpose: "coding" }, card24).find(({ model }) => model.id === "gpt-oss-120b")!;
    expect(large.hindrance).toBe(
      "it takes 80.0 GiB of memory, and the GPU has 24.0 GiB, of which models can have 23.5 GiB",
    );
  });

  test("where no machine is known, nothing hinders", () => {
    expect(choose(catalog, { purpose: "chat" }, null).every(({ hindrance }) => hindrance === null)).toBe(true);
  });
});

describe("the first choice", () => {
  test.each([
    ["a DGX Spark of 128 GB", spark, "qwen3.6-35b-a3b-nvfp4"],
    ["a DGX Spark of 64 GB", smallSpark, "qwen3.6-27b-nvfp4"],
    ["a card of 24 GB", card24, "nemotron-3-nano-4b"],
    ["a card of 6 GB, on which nothing fits", card6, "qwen3-4b-instruct-2507"],
    ["8 GB and no GPU", laptop8, "qwen2.5-1.5b-instruct-cpu"],
    ["16 GB and no GPU", laptop16, "qwen3-4b-instruct-2507"],
    ["32 GB and no GPU", desktop32, "qwen3-4b-instruct-2507"],
    ["two processors, on which larger models crawl", twoProcessors, "qwen2.5-0.5b-instruct"],
    ["2 GB", board2, "qwen2.5-0.5b-instruct"],
    ["1 GB", { ...board2, memory: { totalGiB: 1.2, availableGiB: 1 } }, "smollm2-135m-instruct"],
  ])("on %s", (_, place, id) => {
    const first = firstChoice(catalog, place)!;
    expect(first.model.id).toBe(id);
    expect(first.hindrance).toBeNull();
    expect(first.costs).toMatchObject({ login: null, buildMinutes: null });
  });

  test("is the first that the chooser names for no purpose in particular", () => {
    for (const place of [spark, card24, laptop8, twoProcessors]) {
      expect(ids({ purpose: null }, place)[0]).toBe(firstChoice(catalog, place)!.model.id);
    }
  });
});

describe("the filters", () => {
  test("leave out what is too large, too short or disabled", () => {
    const chosen = choose(catalog, { purpose: "coding", memoryGiB: 60, context: 200_000 }, spark);
    expect(chosen.length).toBeGreaterThan(0);
    for (const { model } of chosen) {
      expect(model.facts.memory! / bytesPerGiB).toBeLessThanOrEqual(60);
      expect(model.facts.context).toBeGreaterThanOrEqual(200_000);
      expect(model.facts.status).not.toBe("disabled");
    }
    expect(ids({ purpose: "audio" })).not.toContain("step-audio-r1-fp4");
  });

  test("count the window that a client is told, not what the engine would take", () => {
    expect(ids({ purpose: "coding", context: 110_000 })).not.toContain("glm-4.7-flash-awq");
    expect(ids({ purpose: "coding", context: 108_000 })).toContain("glm-4.7-flash-awq");
  });

  test("find what can do all that is needed at once", () => {
    const chosen = choose(catalog, { purpose: null, needs: ["vision", "tools"], context: 65_536 }, spark);
    expect(chosen[0]!.model.facts.status).toBe("validated");
    for (const { model } of chosen)
      expect(model.facts.capabilities).toEqual(expect.arrayContaining(["vision", "tools"]));
  });
});

describe("the costs", () => {
  const costs = (id: string, place = spark) =>
    choose(catalog, { purpose: null }, place).find(({ model }) => model.id === id)!.costs;

  test("of a model whose image is built: minutes and login too, and who has measured its speed", () => {
    expect(costs("gpt-oss-120b")).toEqual({
      downloadGB: expect.closeTo(65.3, 0),
      image: "built",
      buildMinutes: { from: 20, to: 40 },
      login: "nvcr.io",
      secondsToFirstWord: expect.any(Number),
      tokensPerSecond: { from: 58, to: 60, source: expect.stringContaining("CUTLASS"), guessed: false },
    });
  });

  test("of a model on the CPU: its file, and a guess that says so", () => {
    expect(costs("qwen3-4b-instruct-2507", laptop16)).toEqual({
      ...{ downloadGB: 2.5, image: "none", buildMinutes: null, login: null, secondsToFirstWord: 20 },
      tokensPerSecond: { from: 8, to: 8, source: "a guess from its size and 8 processors", guessed: true },
    });
  });
});

test.each(purposes)("there is a model for %s", (purpose) => {
  expect(ids({ purpose }).length).toBeGreaterThan(0);
});
