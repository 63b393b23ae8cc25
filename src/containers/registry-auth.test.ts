import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registryAuth, registryAuths } from "./registry-auth.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-login-"));
  vi.stubEnv("DOCKER_CONFIG", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const encoded = (text: string) => Buffer.from(text).toString("base64");

test("the login that `docker login` left is used, a colon in the password included", () => {
  const auths = {
    "nvcr.io": { auth: encoded("$oauthtoken:a:b") },
    "https://index.docker.io/v1/": { auth: encoded("ann:c") },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths }));
  expect(registryAuth("nvcr.io")).toEqual({ username: "$oauthtoken", password: "a:b", serveraddress: "nvcr.io" });
  expect(registryAuth("docker.io")).toMatchObject({ username: "ann", password: "c" });
  expect(registryAuth("ghcr.io")).toBeNull();
});

test("no file, a file that is no JSON, and a credential helper are no login", () => {
  expect(registryAuth("nvcr.io")).toBeNull();
  writeFileSync(join(folder, "config.json"), "{");
  expect(registryAuth("nvcr.io")).toBeNull();
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { "nvcr.io": {} }, credsStore: "pass" }));
  expect(registryAuth("nvcr.io")).toBeNull();
});

test("a build gets the logins of its own base images' registries and no other", () => {
  const auths = { "nvcr.io": { auth: encoded("$oauthtoken:a") }, "ghcr.io": { auth: encoded("ann:b") } };
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths }));
  const logins = registryAuths(["nvcr.io/nvidia/pytorch:25.12-py3", "ubuntu:24.04"]);
  expect(Object.keys(logins)).toEqual(["nvcr.io"]);
  expect(logins["nvcr.io"]).toMatchObject({ username: "$oauthtoken", password: "a" });
});
