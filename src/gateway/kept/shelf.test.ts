import fc from "fast-check";
import { expect, test } from "vitest";
import { Shelf } from "./shelf.ts";

const bounds = { bytes: 10_000, keptMs: 1000 };

test("whatever is put, found and thrown away, no owner has more than half of the room, and all together no more than it", () => {
  const owner = fc.constantFrom("ann", "bob", "cem");
  const id = fc.constantFrom("1", "2", "3", "4", "5", "6");
  const act = fc.oneof(
    fc.record({ kind: fc.constant("put" as const), owner, id, size: fc.integer({ min: 0, max: 6000 }) }),
    fc.record({ kind: fc.constant("delete" as const), owner, id }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 600 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let now = 0;
      const shelf = new Shelf(
        () => bounds,
        () => now,
      );
      for (const one of acts) {
        if (one.kind === "wait") now += one.ms;
        else if (one.kind === "delete") shelf.of(one.owner).delete(one.id);
        else {
          const value = { text: "x".repeat(one.size) };
          const taken = shelf.of(one.owner).put(one.id, value);
          // 256 bytes of its own, and `{"text":""}` around it.
          expect(taken).toBe(one.size + 256 + 11 <= bounds.bytes / 2);
          // What was taken is there, until it is too old.
          if (taken) expect(shelf.of(one.owner).get(one.id)).toEqual(value);
        }
        expect(shelf.bytes).toBeLessThanOrEqual(bounds.bytes);
      }
      now += 1001;
      expect([shelf.of("ann").get("1"), shelf.bytes]).toEqual([null, 0]);
    }),
  );
});

test("the oldest of an owner's entries make room for his new ones, and nobody else's do", () => {
  const shelf = new Shelf(() => bounds);
  const value = { text: "x".repeat(2000) };
  shelf.of("bob").put("b", value);
  for (const id of ["1", "2", "3"]) shelf.of("ann").put(id, value);
  expect(["1", "2", "3"].map((id) => shelf.of("ann").get(id) !== null)).toEqual([false, true, true]);
  expect(shelf.of("bob").get("b")).toEqual(value);
});

test("an entry is its owner's alone, and is gone once thrown away", () => {
  const shelf = new Shelf(() => bounds);
  shelf.of("ann").put("1", { a: 1 });
  expect([shelf.of("bob").get("1"), shelf.of("bob").delete("1")]).toEqual([null, false]);
  expect([shelf.of("ann").delete("1"), shelf.of("ann").delete("1"), shelf.of("ann").get("1")]).toEqual([
    true,
    false,
    null,
  ]);
});
