import { expect, test } from "vitest";
import { withoutExtras } from "./without-extras.ts";

const extra = { extraFlags: ["mxfp4-layers"], extraValues: { "load-format": ["b12x"] } };

test("flags and values of the build alone are left out with what belongs to them, and named", () => {
  const words = [
    "a/b",
    "--mxfp4-layers",
    "moe",
    "--load-format",
    "b12x",
    "--seed",
    "-1",
    "--no-mxfp4-layers",
    "--eager",
  ];
  expect(withoutExtras(words, extra)).toEqual({
    words: ["a/b", "--seed", "-1", "--eager"],
    extras: ["--mxfp4-layers moe", "--load-format b12x", "--no-mxfp4-layers"],
  });
});

test("a value that the release knows too stays", () => {
  const words = ["a/b", "--load-format", "safetensors"];
  expect(withoutExtras(words, extra)).toEqual({ words, extras: [] });
  expect(withoutExtras(words, {})).toEqual({ words, extras: [] });
});
