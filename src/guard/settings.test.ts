import { expect, test } from "vitest";
import { covers } from "./names.ts";
import { readSettings } from "./settings.ts";

const least = { HEARTH_GUARD_IMAGES: "vllm/vllm-openai:*" };

test("images alone are enough; nothing of the host is allowed then", () => {
  expect(readSettings(least)).toEqual({
    listen: { path: "/run/hearth-guard/docker.sock" },
    docker: { path: "/var/run/docker.sock" },
    token: null,
    policy: {
      ...{ images: ["vllm/vllm-openai:*"], builds: [], binds: [], env: [], root: [] },
      ...{ volumes: ["hearth-*"], devices: [], networks: [] },
    },
  });
});

test("lists are separated by commas or white space", () => {
  const settings = readSettings({
    HEARTH_GUARD_IMAGES: "a:1,b:2\n  c:3",
    HEARTH_GUARD_LISTEN: "tcp://0.0.0.0:2375",
    HEARTH_GUARD_TOKEN: "0123456789abcdef",
    HEARTH_GUARD_VOLUMES: "",
    DOCKER_HOST: "tcp://[::1]:2376",
  });
  expect(settings.policy).toMatchObject({ images: ["a:1", "b:2", "c:3"], volumes: [] });
  expect(settings).toMatchObject({ listen: { host: "0.0.0.0", port: 2375 }, docker: { host: "::1", port: 2376 } });
});

test.each([
  [{}, "HEARTH_GUARD_IMAGES: name at least one image that engines may run."],
  [{ ...least, HEARTH_GUARD_LISTEN: "tcp://0.0.0.0:1" }, "HEARTH_GUARD_TOKEN: needed with a tcp:// address"],
  [{ ...least, HEARTH_GUARD_LISTEN: "tcp://0.0.0.0:1", HEARTH_GUARD_TOKEN: "short" }, "at least 16 characters long."],
  [
    { ...least, HEARTH_GUARD_LISTEN: "/x.sock" },
    "HEARTH_GUARD_LISTEN: /x.sock: expected unix:///path or tcp://host:port.",
  ],
  [{ ...least, DOCKER_HOST: "ssh://host" }, "DOCKER_HOST: ssh://host: expected"],
  [
    { ...least, HEARTH_GUARD_BINDS: "/srv/a /srv/../etc" },
    "HEARTH_GUARD_BINDS: /srv/../etc: expected an absolute path",
  ],
  [{ ...least, HEARTH_GUARD_BINDS: "srv" }, "HEARTH_GUARD_BINDS: srv"],
  [{ ...least, HEARTH_GUARD_BINDS: "/" }, "HEARTH_GUARD_BINDS: /"],
])("%j: %s", (env, message) => {
  expect(() => readSettings(env)).toThrow(message);
});

test("`*` stands for any text without a slash, and for nothing else", () => {
  expect(covers(["nvcr.io/nvidia/*"], "nvcr.io/nvidia/vllm:26.10")).toBe(true);
  expect(covers(["nvcr.io/nvidia/*"], "nvcr.io/nvidia/other/vllm:26.10")).toBe(false);
  expect(covers(["a.b:*"], "axb:1")).toBe(false);
  expect(covers(["a:1"], "a:1\n")).toBe(false);
  expect(covers([], "")).toBe(false);
});
