/** YAML; comments stay, long lines are not folded. */
import { isMap, isSeq, parseDocument } from "yaml";
import { isObject } from "../../domain/json-object.ts";
import { leaves, type Setting, SettingsFault, withItems } from "./file.ts";

export function mergeYaml(text: string, settings: Setting[]): string {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [at] = fault.linePos ?? [];
    throw new SettingsFault(
      `not YAML: ${fault.message.split("\n")[0]!.replace(/ at line .*$/, "")}.`,
      at && { line: at.line, column: at.col },
    );
  }
  // A file may be one list: then the list is what is merged into.
  const isList = settings.some((setting) => setting.path.length === 0 && "items" in setting);
  if (document.contents !== null && !(isList ? isSeq(document.contents) : isMap(document.contents))) {
    const what = isList ? "a list" : "keys with values";
    throw new SettingsFault(`the file does not hold ${what}.`, { line: 1, column: 1 });
  }
  const before = JSON.stringify(document.toJS());
  for (const setting of settings) set(document, setting);
  return JSON.stringify(document.toJS()) === before && text !== "" ? text : document.toString({ lineWidth: 0 });
}

function set(document: ReturnType<typeof parseDocument>, setting: Setting): void {
  const { path } = setting;
  const plain = (): unknown =>
    path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], document.toJS());
  if ("items" in setting) {
    const list = withItems(plain(), setting);
    const known = (plain() as unknown[] | null | undefined) ?? [];
    if (known.length === 0 && path.length === 0) document.contents = document.createNode(list);
    else if (known.length === 0) document.setIn(path, document.createNode(list));
    else for (const [index, item] of list.entries()) putItem(document, [...path, index], item, known[index]);
    return;
  }
  if ("fallback" in setting) {
    if (plain() === undefined) document.setIn(path, document.createNode(setting.fallback));
    return;
  }
  for (const leaf of leaves(setting.value, path)) {
    try {
      document.setIn(leaf.path, leaf.value);
    } catch {
      throw new SettingsFault(`${leaf.path.slice(0, -1).join(".")} does not hold keys with values.`);
    }
  }
}

/** Only what differs, so that comments inside other items stay. */
function putItem(
  document: ReturnType<typeof parseDocument>,
  path: (string | number)[],
  item: unknown,
  known: unknown,
): void {
  if (!isObject(item) || !isObject(known)) {
    if (JSON.stringify(item) !== JSON.stringify(known)) document.setIn(path, document.createNode(item));
    return;
  }
  for (const [name, value] of Object.entries(item)) {
    if (JSON.stringify(value) === JSON.stringify(known[name])) continue;
    document.setIn([...path, name], document.createNode(value));
  }
}
