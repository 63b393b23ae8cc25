import { readCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog-model.ts";
import type { Config } from "../config/types.ts";

let shipped: Catalog | null = null;

/** The catalog that comes with Hearth where the configuration needs it. To read it takes a fifth of a second, once. */
export function catalogFor({ models }: Config): Catalog {
  const needed = models.length === 0 || models.some(({ use }) => use !== undefined);
  if (!needed) return new Map();
  shipped ??= readCatalog();
  return shipped;
}
