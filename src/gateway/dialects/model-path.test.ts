import fc from "fast-check";
import { expect, test } from "vitest";
import { reservedIds } from "../../domain/model-id.ts";
import { apis } from "./apis.ts";
import { decodedModel, modelInPath } from "./model-path.ts";
import { fixedPaths } from "./relayed.ts";

const id = fc
  .array(fc.stringMatching(/^[\w.:@ +é-]{1,12}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map((part) => `x${part}`).join("/"));

test("every id is found again before every route, its slashes encoded or not", () => {
  fc.assert(
    fc.property(id, fc.constantFrom(...fixedPaths.values()), (model, route) => {
      const suffix = route.path.replace(/^\/v1/, "");
      const encoded = encodeURIComponent(model);
      for (const written of [encoded, encoded.replaceAll("%2F", "/")]) {
        const found = modelInPath(`/v1/${written}${suffix}`);
        expect([decodedModel(found!.model), found!.route]).toEqual([model, route]);
      }
    }),
  );
});

test("every first word of a route is reserved, so that no model can be called so", () => {
  const routes = apis.flatMap(({ relayed, local }) => [...relayed, ...local]);
  const paths = routes.flatMap(({ path, also }) => [path, ...(also ?? [])]);
  const words = paths.flatMap((path) => [path, path.replace(/^\/v1/, "")]).map((path) => path.split("/")[1]);
  for (const word of new Set(words)) expect(reservedIds).toContain(word);
});

test.each(["chat", "models", "messages", "completions", "embeddings", "v1", "tokenize/x"])(
  "%s is the name of a route, never of a model",
  (name) => {
    expect(() => modelInPath(`/v1/${name}/chat/completions`)).toThrow(/name of a route/);
  },
);

test("what ends as no route is none, and broken percent-encoding is said to be that", () => {
  expect(modelInPath("/v1/a/chat")).toBeNull();
  expect(modelInPath("/v1/embeddings")).toBeNull();
  expect(modelInPath("/v1//embeddings")).toBeNull();
  expect(() => modelInPath("/v1/%zz/embeddings")).toThrow(/percent-encoding/);
});

test("any path at all gives a model, none, or a Problem", () => {
  const path = fc.array(fc.oneof(fc.constantFrom("/", "v1", "chat", "completions", "%2F", "%", ".."), fc.string()));
  fc.assert(
    fc.property(path, (parts) => {
      try {
        const found = modelInPath(`/v1/${parts.join("")}`);
        if (found !== null) expect(found.model).not.toBe("");
      } catch (error) {
        expect((error as Error).name).toBe("Problem");
      }
    }),
  );
});
