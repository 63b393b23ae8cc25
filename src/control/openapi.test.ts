import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ControlServer, startControl } from "../../test/support/control/control-server.ts";

let control: ControlServer;
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
let document: any;
beforeAll(async () => {
  control = await startControl();
  document = (await control.get("/openapi.json")).json;
});
afterAll(() => control.close());

test("every route that it describes exists, and takes what it says", async () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path}`),
  );
  expect(operations.sort()).toMatchInlineSnapshot(`
    [
      "delete /invitations/{name}",
      "delete /keys/{name}",
      "delete /models/{id}/pull",
      "delete /weights/{name}",
      "get /audit",
      "get /catalog",
      "get /events",
      "get /invitations",
      "get /keys",
      "get /me",
      "get /me/requests",
      "get /me/usage",
      "get /models/{id}/logs",
      "get /requests",
      "get /requests.csv",
      "get /requests/open",
      "get /state",
      "get /usage",
      "get /usage.csv",
      "get /weights",
      "post /invitations",
      "post /keys",
      "post /keys/{name}/rotate",
      "post /models/{id}/clear",
      "post /models/{id}/pin",
      "post /models/{id}/pull",
      "post /models/{id}/start",
      "post /models/{id}/stop",
      "post /models/{id}/touch",
      "post /models/{id}/unpin",
      "post /models/{id}/verify",
      "put /keys/{name}",
    ]
  `);
});

test("a body is described by what checks it", () => {
  const { schema } = document.paths["/keys"].post.requestBody.content["application/json"];
  expect(schema).toMatchObject({ required: ["name"], additionalProperties: false });
  expect(schema.properties.priority).toMatchObject({ enum: ["interactive", "batch"], default: "interactive" });
});

test("parameters say what they take and whether they are needed", () => {
  const { parameters } = document.paths["/models/{id}/logs"].get;
  expect(parameters).toMatchObject([
    { name: "id", in: "path", required: true },
    { name: "lines", in: "query", required: false, schema: { default: "100" } },
    { name: "follow", in: "query", required: false },
  ]);
});

test("every reference leads somewhere, and every operation has a name of its own", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(new Set(references).difference(new Set(known))).toEqual(new Set());
  const ids = [...JSON.stringify(document).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what is answered is what is described", async () => {
  for (const path of ["/state", "/keys", "/weights"]) {
    const { schema } = document.paths[path].get.responses[200].content["application/json"];
    const inlined = JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/"));
    const $defs = JSON.parse(
      JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/$defs/"),
    );
    const { json } = await control.get(path);
    expect(z.fromJSONSchema({ ...inlined, $defs }).safeParse(json)).toMatchObject({ success: true });
  }
});
