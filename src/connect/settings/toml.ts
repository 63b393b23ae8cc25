/**
 * TOML, changed line by line so that comments stay: keys of the root before the first table, keys of a table in it, a
 * new table at the end. What came out is read again and compared, so that an unusual file is refused, not spoilt.
 */
import { isDeepStrictEqual } from "node:util";
import { parse, stringify, TomlError } from "smol-toml";
import { isObject } from "../../domain/json-object.ts";
import { leaves, type Setting, SettingsFault, valueAt } from "./file.ts";

export function mergeToml(text: string, settings: Setting[]): string {
  const before = parsed(text);
  const wanted = structuredClone(before);
  let lines = text.trimEnd() === "" ? [] : text.trimEnd().split("\n");
  for (const { path, value } of settings.flatMap((setting) => wantedLeaves(setting, before))) {
    if (isDeepStrictEqual(valueAt(wanted, path), value)) continue;
    assign(wanted, path, value);
    lines = put(lines, path, value);
  }
  const merged = `${lines.join("\n")}\n`;
  if (!isDeepStrictEqual(asIs(parsed(merged)), asIs(wanted))) {
    throw new SettingsFault("its form cannot be merged into; put the settings there by hand.");
  }
  return isDeepStrictEqual(asIs(before), asIs(wanted)) ? text : merged;
}

function wantedLeaves(setting: Setting, there: unknown): { path: string[]; value: unknown }[] {
  if ("items" in setting) throw new TypeError("lists of tables are not merged");
  if ("value" in setting) return leaves(setting.value, setting.path);
  return valueAt(there, setting.path) === undefined ? leaves(setting.fallback, setting.path) : [];
}

function put(lines: string[], path: string[], value: unknown): string[] {
  const table = path.slice(0, -1);
  const line = stringify({ [path.at(-1)!]: value }).trimEnd();
  const header = lines.findIndex((other) => isHeaderOf(other, table));
  if (table.length > 0 && header < 0) return [...lines, ...(lines.length > 0 ? [""] : []), headerOf(table), line];
  const from = table.length === 0 ? 0 : header + 1;
  const next = lines.findIndex((other, index) => index >= from && /^\s*\[/.test(other));
  const end = next < 0 ? lines.length : next;
  const at = lines.findIndex((other, index) => index >= from && index < end && keyOf(other) === path.at(-1));
  if (at >= 0) return lines.with(at, line);
  let last = end;
  while (last > from && lines[last - 1]!.trim() === "") last--;
  const gap = table.length === 0 && next >= 0 && last === end ? [""] : [];
  return lines.toSpliced(last, 0, line, ...gap);
}

function headerOf(table: string[]): string {
  return `[${table.map((name) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name))).join(".")}]`;
}

function isHeaderOf(line: string, table: string[]): boolean {
  return line.replace(/\s+#.*$/, "").trim() === headerOf(table);
}

function keyOf(line: string): string | undefined {
  return /^\s*"?([\w.-]+)"?\s*=/.exec(line)?.[1];
}

function assign(root: Record<string, unknown>, path: string[], value: unknown): void {
  let table = root;
  for (const name of path.slice(0, -1)) {
    table[name] ??= {};
    if (!isObject(table[name])) throw new SettingsFault(`${name} is not a table.`);
    table = table[name];
  }
  table[path.at(-1)!] = value;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return parse(text) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    const reason = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    throw new SettingsFault(`not TOML: ${reason}.`, { line, column });
  }
}

/** Dates and prototypes of the reader are no difference. */
function asIs(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
