import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problemCatalogue } from "../src/domain/problem.ts";

const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");

test("every code of the catalogue is in docs/errors.md, and no other", () => {
  const documented = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| `(\w+)` \|/gm)].map(([, code, status, kind]) => [
    code,
    { status: Number(status), kind },
  ]);
  const known = Object.entries(problemCatalogue).map(([code, { status, kind }]) => [code, { status, kind }]);
  expect(documented).toEqual(known);
});

test("every code says what it means and what to do, in whole sentences", () => {
  for (const { means, remedy } of Object.values(problemCatalogue)) {
    expect(means).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  }
});
