import { expect, test } from "vitest";
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { modelSheet } from "./model-sheet.ts";

const catalog = readCatalog();
const specs = new Map(resolveModels([], catalog).map((spec) => [spec.id, spec]));

test.each([...catalog.values()].map((model) => [model.id, model] as const))("%s has a sheet", (id, model) => {
  const sheet = modelSheet(model, specs.get(id)!, 80);
  expect(sheet).toMatch(new RegExp(`^model +${RegExp.escape(id)}\\n`));
  expect(sheet).not.toMatch(/undefined|NaN|\[object/);
});
