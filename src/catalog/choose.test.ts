import { describe, expect, test } from "vitest";
import { bytesPerGiB } from "../domain/size.ts";
import { readCatalog } from "./catalog.ts";
import { choose } from "./choose.ts";
import { purposes } from "./purposes.ts";

const models = [...readCatalog().values()];
const ids = (wish: Parameters<typeof choose>[1]) => choose(models, wish).map(({ model }) => model.id);

describe("choosing", () => {
  test("puts what can be trusted before what is only fast", () => {
    expect(ids({ purpose: "chat" }).slice(0, 2).toSorted()).toEqual(["gpt-oss-120b", "gpt-oss-20b"]);
    expect(ids({ purpose: "coding" }).slice(0, 2).toSorted()).toEqual(["gpt-oss-120b", "gpt-oss-20b"]);
  });

  test("puts a model made for it before one that can do it too", () => {
    const experimental = ids({ purpose: "vision" });
    expect(experimental.indexOf("qwen3-vl-32b-instruct-fp4")).toBeLessThan(experimental.indexOf("gemma4-26b-a4b"));
  });

  test("leaves out what does not fit, is too short or is disabled", () => {
    const chosen = choose(models, { purpose: "coding", memoryGiB: 60, context: 200_000 });
    expect(chosen.length).toBeGreaterThan(0);
    for (const { model } of chosen) {
      expect(model.facts.memory! / bytesPerGiB).toBeLessThanOrEqual(60);
      expect(model.facts.context).toBeGreaterThanOrEqual(200_000);
      expect(model.facts.status).not.toBe("disabled");
    }
    expect(ids({ purpose: "audio" })).not.toContain("step-audio-r1-fp4");
  });

  test("counts the window that a client is told, not what the engine would take", () => {
    expect(ids({ purpose: "coding", context: 110_000 })).not.toContain("glm-4.7-flash-awq");
    expect(ids({ purpose: "coding", context: 108_000 })).toContain("glm-4.7-flash-awq");
  });

  test("finds what can do all that is needed at once", () => {
    const chosen = choose(models, { purpose: "chat", needs: ["vision", "tools"], context: 65_536 });
    expect(chosen[0]!.model.facts.status).toBe("validated");
    for (const { model } of chosen)
      expect(model.facts.capabilities).toEqual(expect.arrayContaining(["vision", "tools"]));
  });

  test("puts what is slower than people read, or holds no page, behind its equals", () => {
    const equals = ids({ purpose: "writing" });
    expect(equals.indexOf("llama-3.3-70b-instruct-fp4")).toBeGreaterThan(equals.indexOf("gpt-oss-120b-upstream"));
    expect(ids({ purpose: "math" })[0]).not.toBe("qwen-math");
  });

  test("says why", () => {
    const [best] = choose(models, { purpose: "reasoning" });
    expect(best!.model.id).toBe("gpt-oss-120b");
    expect(best!.reasons).toEqual([
      "recommended",
      "for reasoning too; first of all for chat",
      expect.stringMatching(/^58 to 60 tokens per second \(.+\)$/),
      expect.stringMatching(/^takes \d+ GiB$/),
      "108,000 tokens of prompt and answer",
      expect.stringMatching(
        /^download of about 66 GB, 20 to 40 minutes to build its image, once, login at nvcr\.io, about \d+ minutes/,
      ),
    ]);
  });
});

test.each(purposes)("there is a model for %s", (purpose) => {
  expect(ids({ purpose }).length).toBeGreaterThan(0);
});
