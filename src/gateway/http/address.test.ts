import { expect, test } from "vitest";
import { meantPath, nearestPath } from "./address.ts";
import { KnownRoutes } from "./known-routes.ts";

const known = new KnownRoutes();
for (const path of ["/v1/models", "/v1/models/*", "/api/tags", "/v1beta/models", "/healthz", "/hearth/v1/state"]) {
  known.add(path, ["GET"]);
}

test.each([
  // As it should be.
  ["POST", "/v1/chat/completions", "/v1/chat/completions"],
  ["POST", "/api/chat", "/api/chat"],
  ["POST", "/v1/org/model/chat/completions", "/v1/org/model/chat/completions"],
  ["POST", "/v1/openai/gpt-oss-20b/chat/completions", "/v1/openai/gpt-oss-20b/chat/completions"],
  ["GET", "/", "/"],
  // Without `/v1`.
  ["POST", "/chat/completions", "/v1/chat/completions"],
  ["GET", "/models", "/v1/models"],
  ["GET", "/models/a/b", "/v1/models/a/b"],
  ["POST", "/messages", "/v1/messages"],
  ["POST", "/embeddings", "/v1/embeddings"],
  ["POST", "/responses", "/v1/responses"],
  ["POST", "/completions", "/v1/completions"],
  ["POST", "/rerank", "/v1/rerank"],
  ["POST", "/audio/transcriptions", "/v1/audio/transcriptions"],
  // With slashes too many.
  ["POST", "/v1/chat/completions/", "/v1/chat/completions"],
  ["POST", "//v1//chat///completions//", "/v1/chat/completions"],
  ["GET", "/v1/models/", "/v1/models"],
  ["GET", "/healthz/", "/healthz"],
  // With `/v1` twice, or behind what other vendors have there.
  ["POST", "/v1/v1/chat/completions", "/v1/chat/completions"],
  ["POST", "/v1/v1/v1/messages", "/v1/messages"],
  ["GET", "/v1/v1/models", "/v1/models"],
  ["POST", "/openai/v1/chat/completions", "/v1/chat/completions"],
  ["POST", "/openai/chat/completions", "/v1/chat/completions"],
  ["POST", "/v1beta/openai/chat/completions", "/v1/chat/completions"],
  ["POST", "/anthropic/v1/messages", "/v1/messages"],
  ["POST", "/api/v1/chat/completions", "/v1/chat/completions"],
  ["POST", "/api/chat/completions", "/v1/chat/completions"],
  ["POST", "/v1/api/chat", "/api/chat"],
  ["POST", "/api/api/chat", "/api/chat"],
  ["GET", "/ollama/api/tags", "/api/tags"],
  ["POST", "/v1/v1beta/models/a:generateContent", "/v1beta/models/a:generateContent"],
  ["POST", "/v1/tokenize", "/tokenize"],
  ["GET", "/v1/healthz", "/healthz"],
  ["POST", "/V1/chat/completions", "/v1/chat/completions"],
  // With a model in the path, as Azure has it.
  ["POST", "/openai/deployments/org/model/chat/completions", "/v1/org/model/chat/completions"],
  ["POST", "/v1/v1/llama/embeddings", "/v1/llama/embeddings"],
  // With a whole URL in the place of an address.
  ["POST", "/v1/chat/completions/chat/completions", "/v1/chat/completions"],
  ["POST", "/v1/chat/completions/v1/messages", "/v1/messages"],
  ["GET", "/v1/chat/completions/models", "/v1/models"],
  // What cannot be known.
  ["POST", "/v2/chat/completions", "/v2/chat/completions"],
  ["POST", "/v1/chat", "/v1/chat"],
  ["GET", "/hearth/v1/models", "/hearth/v1/models"],
  ["GET", "/api", "/api"],
])("%s %s is %s", (method, typed, meant) => {
  expect(meantPath(method, typed, known)).toBe(meant);
});

test("a meant path means itself", () => {
  for (const path of ["/v1/chat/completions", "/api/generate", "/v1/models/v1", "/nowhere/at/all"]) {
    const meant = meantPath("GET", path, known);
    expect(meantPath("GET", meant, known)).toBe(meant);
  }
});

test.each([
  ["POST", "/v1/chat", "/v1/chat/completions"],
  ["POST", "/v2/chat/completions", "/v1/chat/completions"],
  ["POST", "/v1/chat/completion", "/v1/chat/completions"],
  ["POST", "/v1/api/v1/chat", "/api/chat"],
  ["POST", "/generate", "/api/generate"],
  ["GET", "/v1/model", "/v1/models"],
  ["GET", "/tags", "/api/tags"],
  ["GET", "/what/is/this", null],
])("%s %s is near %s", (method, typed, near) => {
  expect(nearestPath(method, typed, known)).toBe(near);
});
