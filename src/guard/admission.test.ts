import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { admit } from "./admission.ts";
import { Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";

const settings: Settings = {
  listen: { path: "/unused" },
  token: null,
  // Nobody listens there: a call on one container would fail to be looked up.
  docker: { path: "/no/such/docker.sock" },
  policy: {
    images: ["vllm/vllm-openai:*", "vllm/vllm-openai@sha256:*", "hearth/sglang:1"],
    builds: ["hearth/sglang:1", "hearth/unlisted:1"],
    binds: [],
    env: [],
    root: [],
    volumes: [],
    devices: [],
    networks: ["engines"],
  },
};

function ask(method: string, url: string, headers: Record<string, string> = {}, body = "") {
  const request = Object.assign(Readable.from([Buffer.from(body)]), { method, url, headers });
  return admit(request as unknown as IncomingMessage, settings);
}

const ours = '["hearth.instance","hearth.model"]';

test.each([
  ["GET", "/_ping", "/_ping"],
  ["GET", "/v1.41/_ping", "/_ping"],
  ["GET", "/info", "/info"],
  ["GET", "/containers/json?all=true", `/containers/json?all=true&filters={"label":${ours}}`],
  [
    "GET",
    '/containers/json?filters={"label":["a=b"]}',
    `/containers/json?filters={"label":["a=b","hearth.instance","hearth.model"]}`,
  ],
  ["GET", "/events", `/events?filters={"type":["container"],"label":${ours}}`],
  ["GET", '/events?filters={"type":["volume"]}', `/events?filters={"type":["container"],"label":${ours}}`],
  ["GET", "/images/vllm/vllm-openai:v1/json", "/images/vllm/vllm-openai:v1/json"],
  ["GET", "/distribution/vllm/vllm-openai:v1/json", "/distribution/vllm/vllm-openai:v1/json"],
  ["POST", "/images/create?fromImage=vllm/vllm-openai:v1", "/images/create?fromImage=vllm/vllm-openai:v1"],
  [
    "POST",
    "/images/create?fromImage=vllm/vllm-openai@sha256:0a",
    "/images/create?fromImage=vllm/vllm-openai@sha256:0a",
  ],
  ["POST", "/build?t=hearth/sglang:1&dockerfile=Dockerfile", "/build?t=hearth/sglang:1&dockerfile=Dockerfile"],
])("%s %s goes on as %s", async (method, url, onward) => {
  const { path } = (await ask(method, url))!;
  expect(decodeURIComponent(path)).toBe(onward);
});

test.each([
  ["POST", "/containers/a/exec", "the guard does not pass POST /containers/a/exec on."],
  ["POST", "/exec/a/start", "the guard does not pass"],
  ["POST", "/containers/a/attach?stream=1", "the guard does not pass"],
  ["GET", "/containers/a/archive?path=/", "the guard does not pass"],
  ["PUT", "/containers/a/archive?path=/", "the guard does not pass"],
  ["GET", "/containers/a/export", "the guard does not pass"],
  ["POST", "/containers/a/update", "the guard does not pass"],
  ["POST", "/containers/a/rename?name=b", "the guard does not pass"],
  ["POST", "/containers/a/restart", "the guard does not pass"],
  ["POST", "/commit?container=a", "the guard does not pass"],
  ["GET", "/images/json", "the guard does not pass"],
  ["POST", "/images/load", "the guard does not pass"],
  ["DELETE", "/images/vllm/vllm-openai:v1", "the guard does not pass"],
  ["POST", "/networks/create", "the guard does not pass"],
  ["POST", "/volumes/create", "the guard does not pass"],
  ["POST", "/swarm/init", "the guard does not pass"],
  ["POST", "/plugins/pull?remote=a", "the guard does not pass"],
  ["POST", "/session", "the guard does not pass"],
  ["GET", "/info?x=1", "the query's x is not allowed."],
  ["GET", "/v1.41/v1.41/_ping", "the guard does not pass"],
  ["GET", "/containers/a%2f..%2fb/json", "the guard does not pass"],
  ["GET", "/events?since=0", "the query's since is not allowed."],
  ["GET", '/events?filters={"scope":["swarm"]}', "the filter scope is not allowed."],
  ["GET", "/events?filters=x", "the query's filters are not JSON."],
  ["GET", '/containers/json?filters={"label":{"a":true}}', "the filter label is not a list of texts."],
  ["GET", "/containers/json?all=1&all=0", "the query has all twice."],
  ["POST", "/containers/a/start?checkpoint=x", "the query's checkpoint is not allowed."],
  ["POST", "/containers/a/kill?signal=SIGSTOP", 'the query\'s signal must not be "SIGSTOP".'],
  ["DELETE", "/containers/a?force=true", "the query's force is not allowed."],
  ["DELETE", "/containers/a?link=true", "the query's link is not allowed."],
  ["POST", "/containers/create?name=gateway", 'the query\'s name must not be "gateway".'],
  ["POST", "/containers/create", "the query lacks the container's name."],
  ["GET", "/images/evil:1/json", "image evil:1 is not in HEARTH_GUARD_IMAGES."],
  ["GET", "/images/vllm/..%2f..%2fjson/json", "is not the name of an image."],
  ["GET", "/images/vllm/vllm-openai:%2e%2e/json", "is not the name of an image."],
  ["POST", "/images/create?fromSrc=http://evil/x.tar", "the query's fromSrc is not allowed."],
  ["GET", "/distribution/evil:1/json", "image evil:1 is not in HEARTH_GUARD_IMAGES."],
  ["POST", "/images/create?fromImage=evil:1", "image evil:1 is not in HEARTH_GUARD_IMAGES."],
  ["POST", "/build?t=vllm/vllm-openai:v1", "image vllm/vllm-openai:v1 is not in HEARTH_GUARD_BUILDS."],
  ["POST", "/build?t=hearth/unlisted:1", "image hearth/unlisted:1 is not in HEARTH_GUARD_IMAGES."],
  ["POST", "/build?t=hearth/sglang:1&networkmode=host", "the query's networkmode is not allowed."],
  ["POST", "/build?t=hearth/sglang:1&remote=http://evil/", "the query's remote is not allowed."],
  ["POST", "/build", "is not the name of an image."],
])("%s %s is refused: %s", async (method, url, message) => {
  await expect(async () => ask(method, url)).rejects.toThrow(Refusal);
  await expect(async () => ask(method, url)).rejects.toThrow(message);
});

test("a login goes along with a pull; other headers stay", async () => {
  const headers = { "x-registry-auth": "login", "x-registry-config": "other", authorization: "Bearer token" };
  const onward = await ask("POST", "/images/create?fromImage=hearth/sglang:1", headers);
  expect(onward!.headers).toEqual({ "x-registry-auth": "login" });
});

test("a list names the daemon's default tag where ours has none", async () => {
  const { policy } = settings;
  const bare = { ...settings, policy: { ...policy, images: ["engine"] } };
  const request = { method: "POST", url: "/images/create?fromImage=engine:latest", headers: {} };
  expect((await admit(request as IncomingMessage, bare))!.path).toBe("/images/create?fromImage=engine%3Alatest");
});

test("a body of more than a megabyte is refused", async () => {
  const body = JSON.stringify({ Image: "x".repeat(2 ** 20) });
  await expect(ask("POST", "/containers/create?name=hearth-a", {}, body)).rejects.toThrow("larger than 1 MiB");
});

/** What goes on without a look at the daemon, by its beginning. */
const known =
  /^\/(_ping$|info$|events\?|containers\/json\?|images\/(vllm\/vllm-openai[:@]|hearth\/sglang:1\/)[\w:.-]*\/?json$)/;

test("whatever a caller writes as a GET, only known calls go on", async () => {
  const parts = fc.constantFrom(
    ..."/ .. . // %2e%2e %2F ? & = # @ : * v1.24 _ping events info containers json images vllm vllm-openai vllm-openai:v1 hearth sglang:1 create start exec filters all".split(
      " ",
    ),
  );
  const urls = fc
    .array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 8 })
    .map((all) => `/${all.join("/")}`);
  await fc.assert(
    fc.asyncProperty(urls, async (url) => {
      const onward = await ask("GET", url).catch((error: Error) => error);
      if (onward instanceof Error)
        expect(onward).toSatisfy((error: Error) => error instanceof Refusal || /ENOENT/.test(error.message));
      else expect(onward!.path).toMatch(known);
    }),
    { numRuns: 2000 },
  );
});
