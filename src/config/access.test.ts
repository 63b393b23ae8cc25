import { expect, test } from "vitest";
import { keyWarnings, ownKeys, refuseAccident, wellKnownKey, wellKnownSecret } from "./access.ts";
import { parseConfig } from "./load.ts";

function loaded(yaml: string, env: Record<string, string> = {}) {
  return parseConfig(yaml, "/etc/hearth.yaml", { cwd: "/", env });
}

const ann = `keys: [{ name: ann, hash: "sha256:${"a".repeat(64)}" }]\n`;
const published = `keys: [{ name: ann, role: admin, hash: "${wellKnownKey.hash}" }]\n`;

test("the well-known key is nobody's own, in the file or in the environment, and that is said", () => {
  for (const { config } of [loaded(published), loaded("", { HEARTH_API_KEY: wellKnownSecret })]) {
    expect(ownKeys(config)).toEqual([]);
    expect(keyWarnings(config)).toEqual([expect.stringMatching(/passed over/)]);
  }
  expect(ownKeys(loaded(ann, { VLLM_API_KEY: "s" }).config)).toMatchObject([{ name: "environment" }, { name: "ann" }]);
});

test.each(["", "# all of it commented out\n", "keys:\n"])("a file that becomes %j is an accident", (text) => {
  expect(() => refuseAccident(loaded(text), loaded(ann), "127.0.0.1")).toThrow(/empty now.*start Hearth again/s);
  expect(() => refuseAccident(loaded(text), loaded(""), "0.0.0.0")).not.toThrow();
});

test("keys may go where only this machine reaches Hearth, and not where others do", () => {
  const keyless = loaded("listen: 127.0.0.1:1\n");
  expect(() => refuseAccident(keyless, loaded(ann), "0.0.0.0")).toThrow(/keys: all keys are gone while 0\.0\.0\.0/);
  expect(() => refuseAccident(keyless, loaded(ann), "127.0.0.1")).not.toThrow();
  expect(() => refuseAccident(loaded(published), loaded(ann), "0.0.0.0")).toThrow(/all keys are gone/);
});
