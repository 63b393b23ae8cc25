/** YAML; comments stay, long lines are not folded. */
import { isMap, parseDocument } from "yaml";
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
  if (document.contents !== null && !isMap(document.contents)) {
    throw new SettingsFault("the file does not hold keys with values.", { line: 1, column: 1 });
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
    if (known.length === 0) document.setIn(path, document.createNode(list));
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
  if (JSON.stringify(item) !== JSON.stringify(known)) document.setIn(path, document.createNode(item));
}
