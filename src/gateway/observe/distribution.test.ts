import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { Distribution } from "./distribution.ts";

test("it writes what the client library's histogram writes", async () => {
  const bounds = [0, 0.1, 1, 60];
  const own = new Distribution("x_seconds", "Some seconds.", bounds);
  const registers = [new Registry()];
  const theirs = new Histogram({
    name: "x_seconds",
    help: "Some seconds.",
    labelNames: ["model"],
    buckets: bounds,
    registers,
  });
  for (const model of ["a", 'org/"b"\\\n']) {
    for (const seconds of [0, 0.05, 0.1, 0.5, 3, 59.5, 60, 61, 1e6]) {
      own.observe(model, seconds);
      theirs.observe({ model }, seconds);
    }
  }
  expect(own.text().trim()).toBe((await registers[0]!.metrics()).trim());
});
