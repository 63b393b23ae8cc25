import fc from "fast-check";
import { expect, test } from "vitest";
import { namesIn, pathPattern } from "./path-pattern.ts";
import { relayedAt } from "./relayed.ts";

test("whatever stands at the model's place is found, and nothing where nothing stands", () => {
  const pattern = pathPattern("/v1beta/models/{model}:generateContent?alt=sse")!;
  fc.assert(
    fc.property(fc.string(), (model) => {
      const found = namesIn(`/v1beta/models/${model}:generateContent`, pattern);
      expect(found).toEqual(model === "" ? null : [model, ""]);
    }),
  );
  expect(namesIn("/v1beta/models/:generate", pattern)).toBeNull();
  expect(pathPattern("/v1/models")).toBeNull();
});

test("two names stand apart, and neither holds a slash", () => {
  const pattern = pathPattern("/c/{id}/items/{item}")!;
  expect(namesIn("/c/a/items/b", pattern)).toEqual(["a", "b"]);
  for (const path of ["/c/a", "/c/a/items/", "/c//items/b", "/c/a/b/items/c", "/c/a/items/b/items/c"]) {
    expect([path, namesIn(path, pattern)]).toEqual([path, null]);
  }
  expect(namesIn("/r/a/b", pathPattern("/r/{id}")!)).toBeNull();
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
