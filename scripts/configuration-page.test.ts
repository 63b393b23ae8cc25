import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { optionsOf } from "../src/config/options.ts";

const page = readFileSync(new URL("../docs/configuration.md", import.meta.url), "utf8");

test("every option stands in it once, with its variable, and with what it does", () => {
  const documented = [...page.matchAll(/^\| `([^`]+)`(?:<br>`(\w+)`)? \| .+ \| .* \| .*\w.* \|$/gm)];
  const found = documented.map(([, path, env]) => [path, env ?? null]).filter(([path]) => !path!.startsWith("HEARTH_"));
  const known = optionsOf().map(({ path, env }) => [path.join("."), env]);
  expect(found.filter(([path]) => path !== "VLLM_API_KEY").sort()).toEqual(known.sort());
});
