import { expect, test } from "vitest";
import { modelIdFault } from "./model-id.ts";

test.each(["gpt-oss-20b", "Qwen/Qwen3-8B", "llama3.2:1b", "a@b+c_d"])("%s is a good id", (id) => {
  expect(modelIdFault(id)).toBeNull();
});

test.each(["chat", "models", "Messages", "completions", "embeddings", "chat/mine", "hearth"])(
  "%s is reserved",
  (id) => {
    expect(modelIdFault(id)).toContain("reserved");
  },
);

test.each(["", "-x", "a b", "a//b", "/a", "a/", "ä", "a?b", "../a", "x".repeat(201)])("%j is no id", (id) => {
  expect(modelIdFault(id)).toMatch(/not a name|longer/);
});
