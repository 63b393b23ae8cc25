/** Lists of models, as each client looks for them. */
import { expect } from "vitest";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const anthropicHeaders = { headers: { "anthropic-version": "2023-06-01", "anthropic-beta": "models-2026-01-01" } };

function threeModels(): TestLink {
  return new TestLink(
    { id: "org/a", aliases: ["a"], state: "ready", context: 32_000, capabilities: ["chat", "tools", "vision"] },
    { id: "b", capabilities: ["chat", "reasoning"] },
    { id: "c", capabilities: ["embeddings"] },
  );
}

test("a model answers under the name that was asked for: its id, an alias, or one that stands for several", async ({
  serve,
}) => {
  const virtual = [{ name: "org/any", models: null, needs: [] }];
  const { client } = await serve(threeModels(), { virtual });
  for (const [path, id] of [
    ["org/a", "org/a"],
    ["org%2Fa", "org/a"],
    ["a", "a"],
    ["a:latest", "a:latest"],
    ["org/any", "org/any"],
    ["org%2Fany", "org/any"],
  ]) {
    const { status, json } = await client.get(`/v1/models/${path}`);
    expect([path, status, json.id, json.object]).toEqual([path, 200, id, "model"]);
    expect((await client.get(`/v1/models/${path}`, anthropicHeaders)).json).toMatchObject({ id, type: "model" });
    expect((await client.get(`/v1beta/models/${path}`)).json.name).toBe(`models/${id}`);
  }
  expect((await client.get("/v1/models/a")).json.aliases).toEqual(["org/a"]);
  expect((await client.get("/v1/models/org/any")).json.models).toEqual(["org/a", "b", "c"]);
});

test("Codex finds the list of its own that it asks for, and nobody else does", async ({ serve }) => {
  const { client } = await serve(threeModels());
  const forCodex = await client.get("/v1/models?client_version=0.169.0");
  expect(forCodex.json.models).toEqual([]);
  expect(forCodex.json.data).toHaveLength(3);
  expect((await client.get("/v1/models")).json).not.toHaveProperty("models");
});

test("Anthropic's clients get Anthropic's list, page by page", async ({ serve }) => {
  const { client } = await serve(threeModels());
  const list = async (query = "") => (await client.get(`/v1/models${query}`, anthropicHeaders)).json;
  const whole = await list();
  expect(whole).toMatchObject({ first_id: "org/a", last_id: "c", has_more: false });
  expect(whole.data[0]).toMatchObject({ type: "model", id: "org/a", display_name: "org/a", max_input_tokens: 32_000 });
  expect(new Date(whole.data[0].created_at).getTime()).toBeGreaterThan(0);
  const ids = async (query: string) => {
    const { data, has_more } = await list(query);
    return [...data.map(({ id }: { id: string }) => id), has_more];
  };
  expect(await ids("?limit=2")).toEqual(["org/a", "b", true]);
  expect(await ids("?limit=2&after_id=b")).toEqual(["c", false]);
  expect(await ids("?limit=1&before_id=c")).toEqual(["b", true]);
  expect(await ids("?beta=true")).toEqual(["org/a", "b", "c", false]);
  const refused = await client.get("/v1/models?limit=0", anthropicHeaders);
  expect([refused.status, refused.json.type, refused.json.error.type]).toEqual([400, "error", "invalid_request_error"]);
  const unknown = await client.get("/v1/models/x", anthropicHeaders);
  expect([unknown.status, unknown.json.error.type]).toEqual([404, "not_found_error"]);
});

test("an empty list of Anthropic's has no ends", async ({ serve }) => {
  const { client } = await serve(threeModels(), { keys: [keyOf("child", { models: ["x"] })] });
  const { json } = await client.get("/v1/models", { key: "child", ...anthropicHeaders });
  expect(json).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
});

test("clients of llama.cpp, LM Studio and LiteLLM find windows and abilities where they look", async ({ serve }) => {
  const { client } = await serve(threeModels());
  expect((await client.get("/props")).json).toMatchObject({
    default_generation_settings: { n_ctx: 32_000 },
    model_alias: "org/a",
    modalities: { vision: true, audio: false },
  });
  expect((await client.get("/props?model=b")).json).toMatchObject({ model_alias: "b", modalities: { vision: false } });
  expect((await client.get("/props?model=x")).status).toBe(404);
  const studio = (await client.get("/api/v0/models")).json;
  expect(studio.data).toMatchObject([
    { id: "org/a", type: "vlm", state: "loaded", loaded_context_length: 32_000, capabilities: ["tool_use"] },
    { id: "b", type: "llm", state: "not-loaded", max_context_length: 8192 },
    { id: "c", type: "embeddings" },
  ]);
  expect((await client.get("/api/v0/models/org/a")).json.id).toBe("org/a");
  for (const path of ["/v1/model/info", "/model/info"]) {
    expect((await client.get(path)).json.data[0]).toMatchObject({
      model_name: "org/a",
      model_info: { max_input_tokens: 32_000, supports_vision: true, supports_function_calling: true },
    });
  }
  for (const path of ["/props", "/api/v0/models", "/running", "/v1/model/info"]) {
    expect((await client.get(path, { key: null })).status).toBe(401);
  }
});

test("a route that Hearth knows and does not serve says what would do, and that asking again would not", async ({
  serve,
}) => {
  const { client } = await serve(threeModels());
  for (const path of ["/v1/moderations", "/moderations", "/v1/audio/translations", "/v1/images/edits", "/v1/files"]) {
    const { status, headers, json } = await client.post(path, JSON.stringify({ model: "b", input: "x" }));
    expect([path, status, json.error.code]).toEqual([path, 501, "not_supported"]);
    expect(json.error.message).toMatch(/^Hearth does not serve POST \/v1\/.+\. [A-Z].+\.$/);
    expect(headers["x-should-retry"]).toBe("false");
  }
  for (const [method, path] of [
    ["GET", "/v1/files"],
    ["DELETE", "/v1/files/file-1"],
    ["GET", "/v1/fine_tuning/jobs"],
    ["GET", "/v1/batches/b"],
  ]) {
    expect([path, (await client.send(path!, { method: method! })).status]).toEqual([path, 501]);
  }
  const batches = await client.post("/v1/messages/batches", "{}");
  expect([batches.status, batches.json.type]).toEqual([501, "error"]);
  expect((await client.post("/v1/filesystem", "{}")).status).toBe(404);
});
