import { expect, test } from "vitest";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { createModelIndex } from "./index.ts";

test("a known model is kept for a second, an unknown one is looked for again at once", () => {
  const link = new TestLink({ id: "a" });
  let now = 0;
  const index = createModelIndex(
    link,
    () => [],
    () => [],
    () => now,
  );
  const find = (name: string) => index.resolve(name, () => true);
  expect(find("a").context).toBe(8192);
  link.models = [
    { ...link.models[0]!, context: 1 },
    { ...link.models[0]!, id: "b" },
  ];
  expect(() => find("b")).toThrow();
  now = 51;
  expect(find("b").id).toBe("b");
  link.models = link.models.map((model) => ({ ...model, context: 2 }));
  now = 51 + 1000;
  expect(find("a").context).toBe(1);
  now += 1;
  expect(find("a").context).toBe(2);
  link.models = link.models.map((model) => ({ ...model, context: 3 }));
  link.publish({ type: "ready", model: "a", message: "" });
  expect(find("a").context).toBe(3);
});
