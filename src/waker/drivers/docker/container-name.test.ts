import fc from "fast-check";
import { expect, test } from "vitest";
import { containerName } from "./container-name.ts";

test("readable, and the same at every start", () => {
  expect(containerName("gpt-oss-20b", "instance")).toMatch(/^hearth-gpt-oss-20b-[0-9a-f]{8}$/);
  expect(containerName("gpt-oss-20b", "instance")).toBe(containerName("gpt-oss-20b", "instance"));
});

test("always a name that Docker takes, and another for another model or instance", () => {
  const ids = fc.string({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(ids, ids, ids, (a, b, instance) => {
      const name = containerName(a, instance);
      expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
      expect(name.length).toBeLessThan(128);
      if (a !== b) expect(containerName(b, instance)).not.toBe(name);
      if (a !== b) expect(containerName("a", a)).not.toBe(containerName("a", b));
    }),
  );
});
