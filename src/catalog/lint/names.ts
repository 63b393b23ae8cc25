/** Names: each belongs to one model, and each that is referred to exists. */
import type { CatalogModel } from "../catalog-model.ts";
import type { Fault } from "./fault.ts";

/** `owners`: the ids of the models that go by each name. */
export function nameFaults({ id, facts }: CatalogModel, owners: ReadonlyMap<string, string[]>): Fault[] {
  const clashes = [id, ...(facts.aliases ?? [])].flatMap((name, index): Fault[] => {
    const path = index === 0 ? ["id"] : ["aliases", index - 1];
    const all = owners.get(name) ?? [];
    if (all.length < 2) return [];
    const others = all.filter((other) => other !== id);
    const message = `the name ${JSON.stringify(name)} is taken by ${others[0] ?? "this model already"}.`;
    return [{ path, message }];
  });
  const references: [(string | number)[], string | undefined][] = [
    [["alternative"], facts.alternative],
    ...(facts.incompatible ?? []).map(({ use }, index): [(string | number)[], string] => [
      ["incompatible", index, "use"],
      use,
    ]),
  ];
  const dangling = references.flatMap(([path, name]): Fault[] => {
    if (name === undefined) return [];
    if (name === id) return [{ path, message: "names the model itself." }];
    return owners.has(name) ? [] : [{ path, message: `${JSON.stringify(name)} is not in the catalog.` }];
  });
  return [...clashes, ...dangling];
}
