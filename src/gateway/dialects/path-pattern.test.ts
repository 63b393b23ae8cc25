import fc from "fast-check";
import { expect, test } from "vitest";
import { nameIn, pathPattern } from "./path-pattern.ts";
import { relayedAt } from "./relayed.ts";

test("whatever stands at the model's place is found, and nothing where nothing stands", () => {
  const pattern = pathPattern("/v1beta/models/{model}:generateContent?alt=sse")!;
  fc.assert(
    fc.property(fc.string(), (model) => {
      expect(nameIn(`/v1beta/models/${model}:generateContent`, pattern)).toBe(model === "" ? null : model);
    }),
  );
  expect(nameIn("/v1beta/models/:generate", pattern)).toBeNull();
  expect(pathPattern("/v1/models")).toBeNull();
});

test.each([
  ["", "application/json; charset=utf-8"],
  ["alt=sse", "text/event-stream; charset=utf-8"],
  ["key=x&alt=sse", "text/event-stream; charset=utf-8"],
  ["alt=json", "application/json; charset=utf-8"],
])("of two routes with one path, the query %j says which", (query, type) => {
  const found = relayedAt("/v1beta/models/a:streamGenerateContent", query);
  expect([found?.model, found?.route.dialect.streamType]).toEqual(["a", type]);
});
