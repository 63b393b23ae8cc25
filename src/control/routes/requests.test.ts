import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

test("the newest requests come first, as many as are asked for, of one key or model", async () => {
  const { requests } = control.store;
  for (const [id, key] of Object.entries({ one: "ann", two: "bob", three: "ann" })) {
    requests.add(requestRecord({ id, key, modelServed: id === "two" ? "b" : "a" }));
  }
  const ids = async (query: string) =>
    (await control.get(`/requests${query}`)).json.requests.map(({ id }: { id: string }) => id);
  expect(await ids("")).toEqual(["three", "two", "one"]);
  expect(await ids("?limit=1")).toEqual(["three"]);
  expect(await ids("?key=ann")).toEqual(["three", "one"]);
  expect(await ids("?model=b")).toEqual(["two"]);
  expect((await control.get("/requests?limit=1&key=bob")).json.requests[0]).toEqual(
    requestRecord({ id: "two", key: "bob", modelServed: "b" }),
  );
});

test("what cannot be a limit is refused", async () => {
  expect(await control.get("/requests?limit=many")).toMatchObject({ status: 400, json: { error: { param: "limit" } } });
});
