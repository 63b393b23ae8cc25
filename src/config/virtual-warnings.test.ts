import { expect, test } from "vitest";
import { model } from "../../test/support/model-spec.ts";
import { virtualWarnings } from "./virtual-warnings.ts";

const served = [model("gpt-oss-20b", { aliases: ["oss"] }), model("eyes", { capabilities: ["chat", "vision"] })];

test("a virtual model of models that are served needs no words", () => {
  const virtual = [
    { name: "fast", models: ["oss", "eyes"], needs: [] },
    { name: "vision", models: null, needs: ["vision" as const] },
  ];
  expect(virtualWarnings(virtual, served)).toEqual([]);
});

test("names that are not served, taken, or that stand for nothing are told", () => {
  const virtual = [
    { name: "fast", models: ["gpt-os-20b", "oss"], needs: [] },
    { name: "oss", models: ["eyes"], needs: [] },
    { name: "ears", models: ["oss"], needs: ["audio" as const] },
  ];
  expect(virtualWarnings(virtual, served)).toEqual([
    'virtual: "fast" names "gpt-os-20b", which is not served here. Did you mean gpt-oss-20b?',
    'virtual: "oss" is the name of a model, which is taken instead.',
    'virtual: "ears" stands for no model: none is served here that can do audio.',
  ]);
});
