import { expect, test } from "vitest";
import { effectiveKeys } from "./access.ts";
import { parseConfig } from "./load.ts";

function loaded(yaml: string, env: Record<string, string> = {}) {
  return parseConfig(yaml, "/etc/hearth.yaml", { cwd: "/", env });
}

test("without any key the well-known one works on loopback", () => {
  const { keys, wellKnown } = effectiveKeys(loaded(""), 0, true);
  expect(wellKnown).toBe(true);
  expect(keys).toMatchObject([{ name: "well-known", admin: true }]);
});

test("without any key Hearth does not listen where others reach it", () => {
  expect(() => effectiveKeys(loaded("listen: 0.0.0.0:8009"), 0, true)).toThrow(
    /listens on 0\.0\.0\.0.*HEARTH_API_KEY/s,
  );
});

test("a key of the environment, the file or the database takes the well-known one's place", () => {
  const open = "listen: 0.0.0.0:8009";
  expect(effectiveKeys(loaded(open, { HEARTH_API_KEY: "s" }), 0, true).wellKnown).toBe(false);
  expect(effectiveKeys(loaded(open, { VLLM_API_KEY: "s" }), 0, true).keys).toMatchObject([{ name: "environment" }]);
  expect(effectiveKeys(loaded(open), 1, true)).toEqual({ keys: [], wellKnown: false });
});

test("no change of the file brings the well-known key back", () => {
  expect(() => effectiveKeys(loaded(""), 0, false)).toThrow(/keys: no key would be left/);
  expect(effectiveKeys(loaded(""), 1, false)).toEqual({ keys: [], wellKnown: false });
});
