import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCatalog } from "../src/catalog/catalog.ts";

const page = readFileSync(new URL("../docs/models.md", import.meta.url), "utf8");

test("every model of the catalog has a section, and every link of the page leads to one", () => {
  const sections = [...page.matchAll(/^### (.+)$/gm)].map(([, id]) => id!);
  expect(sections.toSorted()).toEqual([...readCatalog().keys()].toSorted());
  const anchors = new Set(sections.map((id) => `#${id.replaceAll(".", "")}`));
  const broken = [...page.matchAll(/\]\((#[^)]+)\)/g)].filter(([, target]) => !anchors.has(target!));
  expect(broken).toEqual([]);
});

test("nothing is written that is not known", () => {
  expect(page).not.toMatch(/undefined|NaN|\[object|null/);
});
