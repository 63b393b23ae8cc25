/** JSON with comments and trailing commas, as editors keep it; all of it stays where it is. */
import { applyEdits, type FormattingOptions, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { isObject } from "../../domain/json-object.ts";
import { leaves, type Setting, SettingsFault, valueAt, withItems } from "./file.ts";

export function mergeJson(text: string, settings: Setting[]): string {
  const start = text.trim() === "" ? "{}\n" : text;
  return settings.reduce((current, setting) => set(current, setting), assertObject(start));
}

function set(text: string, setting: Setting): string {
  const there = valueAt(parsed(text), setting.path);
  if ("items" in setting) return put(text, setting.path, withItems(there, setting));
  if ("fallback" in setting) return there === undefined ? put(text, setting.path, setting.fallback) : text;
  return leaves(setting.value, setting.path).reduce((current, { path, value }) => put(current, path, value), text);
}

function put(text: string, path: string[], value: unknown): string {
  const root = parsed(text);
  if (JSON.stringify(valueAt(root, path)) === JSON.stringify(value)) return text;
  for (let length = 1; length < path.length; length++) {
    const parent = valueAt(root, path.slice(0, length));
    if (parent === undefined) break;
    if (!isObject(parent)) throw new SettingsFault(`${path.slice(0, length).join(".")} is not an object.`);
  }
  return applyEdits(text, modify(text, path, value, { formattingOptions: formatOf(text) }));
}

/** As the file is indented already. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  return { insertSpaces: !indent.startsWith("\t"), tabSize: indent.startsWith("\t") ? 1 : indent.length, eol: "\n" };
}

function assertObject(text: string): string {
  if (!isObject(parsed(text))) throw new SettingsFault("the file is not a JSON object.", { line: 1, column: 1 });
  return text;
}

function parsed(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return value;
  const before = text.slice(0, first.offset).split("\n");
  throw new SettingsFault(`not JSON: ${words(printParseErrorCode(first.error))}.`, {
    line: before.length,
    column: before.at(-1)!.length + 1,
  });
}

/** `PropertyNameExpected` -> `property name expected`. */
function words(code: string): string {
  return code.replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
