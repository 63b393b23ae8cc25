import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import type { ChoiceView } from "../../domain/choice-view.ts";
import type { Wish } from "../../domain/wish.ts";

const wishes: Wish[] = [];
const offered = ["small", "elsewhere"].map(
  (id): ChoiceView => ({
    ...{ id, summary: id, status: "validated", statusReason: null, goodFor: ["chat"], capabilities: ["chat"] },
    ...{ context: 8192, memoryGiB: 1, startPeakGiB: null, mayHangMachine: false, exclusive: false, notWith: [] },
    hindrance: null,
    costs: {
      ...{ downloadGB: 1, image: "none", buildMinutes: null, login: null, secondsToFirstWord: 3 },
      tokensPerSecond: null,
    },
  }),
);

let control: ControlServer;
beforeEach(async () => {
  wishes.length = 0;
  control = await startControl({
    choices(wish) {
      wishes.push(wish);
      return offered;
    },
  });
});
afterEach(() => control.close());

test("a wish becomes the chooser's list in its order, with what was learned here of each", async () => {
  const seen = { startPeakGiB: 2, restGiB: 1.5 };
  Object.assign(control.link.state.models.find(({ id }) => id === "small")!, { memoryUse: seen });
  const { status, json } = await control.get("/catalog?for=coding&needs=vision,tools&context=65536&memoryGiB=60.5");
  expect(status).toBe(200);
  expect(wishes).toEqual([{ purpose: "coding", needs: ["vision", "tools"], context: 65_536, memoryGiB: 60.5 }]);
  expect(json.models).toEqual([
    { ...offered[0], served: true, memoryUse: seen },
    { ...offered[1], served: false, memoryUse: null },
  ]);
});

test("no wish is one too", async () => {
  await control.get("/catalog");
  expect(wishes).toEqual([{ purpose: null }]);
});

test.each(["for=cooking", "needs=wings", "context=many", "memoryGiB=-1", "what=else"])(
  "%s is refused",
  async (query) => {
    expect(await control.get(`/catalog?${query}`)).toMatchObject({
      status: 400,
      json: { error: { code: "invalid_request" } },
    });
  },
);
