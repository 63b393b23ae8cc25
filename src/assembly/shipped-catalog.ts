import { readCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog-model.ts";

let shipped: Catalog | null = null;

/**
 * The catalog that comes with Hearth: also where the configuration takes nothing of it, people ask for its models and are told why
 * they are not here. To read it takes a fifth of a second, once.
 */
export function shippedCatalog(): Catalog {
  shipped ??= readCatalog();
  return shipped;
}
