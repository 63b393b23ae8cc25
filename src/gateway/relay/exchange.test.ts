import fc from "fast-check";
import { expect, test } from "vitest";
import { ExchangeRig } from "../../../test/support/gateway/exchange-rig.ts";

/** What can happen, each by one who could bring it about; the rig leaves out what nobody could just then. */
const happening = fc.oneof(
  fc.constantFrom("granted", "granted", "granted", "refused", "cut", "engine died", "left").map((name) => ({ name })),
  fc.record({ name: fc.constant("head"), status: fc.constantFrom(200, 200, 200, 302, 400, 404, 500) }),
  fc.record({
    name: fc.constantFrom("bytes", "chunks", "bytes", "chunks", "ended", "stopped", "broke off", "took no connection"),
    old: fc.boolean(),
  }),
  fc.record({ name: fc.constant("sweep"), afterMs: fc.constantFrom(0, 60, 700, 1500) }),
  fc.record({ name: fc.constant("probed"), answers: fc.boolean() }),
);
/** Far enough that there is something to lose. */
const beginning = fc.constantFrom([], ["granted"], ["granted", "head"], ["granted", "head", "bytes"]);
const story = fc
  .record({ streaming: fc.boolean(), begins: beginning, events: fc.array(happening, { maxLength: 14 }) })
  .map(({ streaming, begins, events }) => ({ streaming, events: [...begins.map((name) => ({ name })), ...events] }));

test("whatever happens in whatever order, a request ends exactly once and a broken answer never looks complete", () =>
  fc.assert(
    fc.asyncProperty(story, async ({ streaming, events }) => {
      const rig = new ExchangeRig({ streaming });
      for (const event of events) await rig.happens(event);
      await rig.happens({ name: "left" });
      expect(rig.ends).toHaveLength(1);
      for (const ticket of rig.tickets) expect(ticket.releases).toHaveLength(1);
      for (const { state } of rig.connections) expect(state).toBe("over");
      expect(rig.swept).toBe(0);
      expect(rig.client.isWhole && rig.client.status === 200).toBe(rig.wasAnsweredWhole);
      expect(rig.errors).toEqual([]);
    }),
    { numRuns: 1500 },
  ));

test("nothing is said, released or counted after the end, whatever else comes", () =>
  fc.assert(
    fc.asyncProperty(story, fc.array(happening, { maxLength: 8 }), async ({ streaming, events }, late) => {
      const rig = new ExchangeRig({ streaming });
      for (const event of events) await rig.happens(event);
      await rig.happens({ name: "left" });
      const before = rig.sum();
      for (const event of late) await rig.happens(event, { late: true });
      expect(rig.sum()).toEqual(before);
      expect(rig.errors).toEqual([]);
    }),
    { numRuns: 500 },
  ));

test("a step that the table does not know is refused and logged, and the request goes on as it was", async () => {
  const rig = new ExchangeRig({ streaming: true });
  await rig.happens({ name: "granted" });
  await rig.happens({ name: "granted" }, { late: true });
  expect(rig.errors).toEqual([expect.objectContaining({ from: "asked", to: "asked", who: "link" })]);
  expect(rig.connections).toHaveLength(1);
  for (const name of ["head", "bytes", "ended"]) await rig.happens({ name });
  expect([rig.client.isWhole, rig.tickets[0]!.releases, rig.ends]).toEqual([true, ["done"], [200]]);
});
