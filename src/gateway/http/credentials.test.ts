import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { credentialHeaders, credentialQueries, presentedKeys, takePathKey, withoutKeys } from "./credentials.ts";

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

test.each([
  ["a bearer token", { authorization: "Bearer k" }, ["k"]],
  ["a scheme in other letters", { authorization: "bearer  k " }, ["k"]],
  ["the key alone", { authorization: "k" }, ["k"]],
  ["Basic with the key as password", { authorization: basic("me", "k") }, ["k", "me"]],
  ["Basic with the key as user", { authorization: basic("k", "") }, ["k"]],
  ["a password with colons", { authorization: basic("", "k:1") }, ["k:1"]],
  ["another scheme", { authorization: "Digest k" }, []],
  ["Anthropic's header", { "x-api-key": "k" }, ["k"]],
  ["Azure's header", { "api-key": "k" }, ["k"]],
  ["Google's header", { "x-goog-api-key": "k" }, ["k"]],
  ["two places", { authorization: "Bearer a", "x-api-key": "k" }, ["a", "k"]],
  ["a scheme without a key", { authorization: "Bearer" }, []],
  ["nothing", {}, []],
])("reads %s", (_, headers, keys) => {
  expect(presentedKeys({ headers, url: "/v1/models" })).toEqual(keys);
});

test("reads the query, in whatever escapes", () => {
  expect(presentedKeys({ headers: {}, url: "/v1beta/models?alt=sse&k%65y=a%2Bb" })).toEqual(["a+b"]);
});

test("reads one key of a query, however many it has", () => {
  const url = `/v1/models?${"key=a&".repeat(2000)}`;
  expect(presentedKeys({ headers: {}, url })).toEqual(["a"]);
});

test.each([
  ["/k/secret/v1/models", "/v1/models", "secret"],
  ["/k/secret/api/chat?x=1", "/api/chat?x=1", "secret"],
  ["/k/a%2Fb%3D/v1beta/models", "/v1beta/models", "a/b="],
  ["/k/100%/v1/models", "/v1/models", "100%"],
  ["//k/secret//v1/models", "//v1/models", "secret"],
  ["/k/secret", "/", "secret"],
  ["/k/secret?x=1", "/?x=1", "secret"],
  ["/k/", "/k/", null],
  ["/v1/models", "/v1/models", null],
])("of %s the path is %s and the key %s", (url, path, key) => {
  const request = { headers: {}, url };
  takePathKey(request);
  expect([request.url, presentedKeys(request)]).toEqual([path, key === null ? [] : [key]]);
});

test("takes keys out of a query and leaves every other byte", () => {
  const others = fc.array(fc.stringMatching(/^[a-z]{4,6}(=[\w%.~+-]{0,9})?$/), { maxLength: 5 });
  fc.assert(
    fc.property(others, fc.nat(5), fc.constantFrom("key=s", "k%65y=s", "key"), (parts, at, key) => {
      expect(withoutKeys([...parts.slice(0, at), key, ...parts.slice(at)].join("&"))).toBe(parts.join("&"));
    }),
  );
  for (const name of credentialQueries) expect(withoutKeys(`${name}=s`)).toBe("");
});

test("a place that is added to the list is read, and kept from engines, without another word", async () => {
  vi.resetModules();
  const fresh = await import("./credentials.ts");
  (fresh.credentialHeaders as Map<string, (value: string) => string[]>).set("x-door", (value) => [value]);
  const { requestHeaders } = await import("../relay/headers.ts");
  const headers = { "x-door": "open sesame", "x-mine": "1" };
  expect(fresh.presentedKeys({ headers, url: "/" })).toEqual(["open sesame"]);
  expect(requestHeaders(headers, { apiKey: null }, "id", false)).toEqual(["x-request-id", "id", "x-mine", "1"]);
});

test("nothing of the list reaches an engine", async () => {
  const { requestHeaders } = await import("../relay/headers.ts");
  const headers = Object.fromEntries([...credentialHeaders.keys()].map((name) => [name, "s"]));
  expect(requestHeaders(headers, { apiKey: null }, "id", false)).toEqual(["x-request-id", "id"]);
});
