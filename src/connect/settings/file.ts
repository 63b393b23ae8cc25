/** A client's settings file, and what must stand in it. */
import { isObject } from "../../domain/json-object.ts";

export interface SettingsFile {
  /** Absolute. Where several are possible, the first that exists; else the first. */
  paths: [string, ...string[]];
  format: "json" | "yaml" | "toml";
  settings: Setting[];
}

/**
 * `value`: objects are merged key by key, anything else is replaced. `fallback`: only where nothing stands yet.
 * `items`: added to the list, in place of those whose field `by` is the same.
 */
export type Setting =
  | { path: string[]; value: unknown }
  | { path: string[]; fallback: unknown }
  | { path: string[]; items: Record<string, unknown>[]; by: string };

/** A file that cannot be merged into; nothing was changed. */
export class SettingsFault extends Error {
  /** From 1; null where the fault has no one place. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, at: { line: number; column: number } | null = null) {
    super(message);
    this.name = "SettingsFault";
    this.line = at?.line ?? null;
    this.column = at?.column ?? null;
  }
}

/** Objects as paths to what is not an object: what a merge sets one by one. An empty object is a leaf. */
export function leaves(value: unknown, path: string[] = []): { path: string[]; value: unknown }[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

/** The list with the items in it. A list that is none, or holds something else than objects, is a fault. */
export function withItems(there: unknown, { path, items, by }: Extract<Setting, { items: unknown }>): unknown[] {
  if (there !== undefined && there !== null && !Array.isArray(there)) {
    throw new SettingsFault(`${path.join(".")} is not a list.`);
  }
  const list: unknown[] = [...((there as unknown[] | null | undefined) ?? [])];
  for (const item of items) {
    const index = list.findIndex((other) => isObject(other) && other[by] === item[by]);
    if (index < 0) list.push(item);
    else list[index] = { ...(list[index] as object), ...item };
  }
  return list;
}

export function valueAt(root: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), root);
}
