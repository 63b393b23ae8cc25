/** Puts measured figures into the YAML that describes a model. Only the lines of its `expected:` change. */
import { Document, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from "yaml";

/** Where the model is described: a file of its own in a catalog, or an entry of `models:` in hearth.yaml. */
export type EntryPlace = { kind: "catalog" } | { kind: "config"; index: number };

type Figures = Record<string, object>;

/**
 * The text with the figures in the model's `expected:`; those that were not measured now stay. Throws an Error where
 * there is no such entry.
 */
export function withExpected(text: string, place: EntryPlace, figures: Figures): string {
  const document = parseDocument(text);
  const entry = place.kind === "catalog" ? document.contents : entryAt(document, place.index);
  if (document.errors.length === 0 && isMap(entry) && entry.items.length > 0) {
    return entry.flow === true ? inFlow(text, entry, figures) : inBlock(text, entry, figures);
  }
  // An id alone is short for `use:`, and has no room for more.
  if (document.errors.length === 0 && isScalar(entry) && typeof entry.value === "string") {
    const [from] = rangeOf(entry);
    return withExpected(`${text.slice(0, from)}use: ${text.slice(from)}`, place, figures);
  }
  throw new Error("there is no entry of the model in it");
}

function entryAt(document: Document, index: number): unknown {
  const models = document.get("models");
  return isSeq(models) ? models.items[index] : null;
}

function inBlock(text: string, entry: YAMLMap, figures: Figures): string {
  const indent = columnOf(text, rangeOf(entry.items[0]!.key as Scalar)[0]);
  const known = entry.items.find(({ key }) => isScalar(key) && key.value === "expected");
  const last = (known ?? entry.items.at(-1)!) as { key: Scalar; value: Node | null };
  const end = endOfContent(text, rangeOf(last.value ?? last.key)[1]);
  if (known === undefined) {
    return `${text.slice(0, end)}\n${indented(block("", figures), indent)}${text.slice(end)}`;
  }
  const begin = rangeOf(last.key)[0];
  const written = indented(block(" ".repeat(indent) + text.slice(begin, end), figures), indent);
  return text.slice(0, begin) + written.trimStart() + text.slice(end);
}

/** `expected:` with the figures, without indentation; `before` is the block as it stood. */
function block(before: string, figures: Figures): string {
  const lines = before.split("\n");
  const indent = /^ */.exec(before)![0].length;
  const document = parseDocument(lines.map((line) => line.slice(Math.min(indent, line.search(/\S|$/)))).join("\n"));
  for (const [name, figure] of Object.entries(figures)) {
    document.setIn(["expected", name], document.createNode(figure));
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** An entry in braces stays one. */
function inFlow(text: string, entry: YAMLMap, figures: Figures): string {
  const [from, to] = rangeOf(entry);
  const known = entry.toJSON() as { expected?: object };
  const document = new Document({ ...known, expected: { ...known.expected, ...figures } });
  if (isMap(document.contents)) document.contents.flow = true;
  return text.slice(0, from) + document.toString({ lineWidth: 0 }).trimEnd() + text.slice(to);
}

function indented(block: string, columns: number): string {
  return block.replace(/^(?=.)/gm, " ".repeat(columns));
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Where the last line of a value ends, its comment included; `offset` may stand behind lines that are empty. */
function endOfContent(text: string, offset: number): number {
  const content = text.slice(0, offset).trimEnd().length;
  const newline = text.indexOf("\n", content);
  return newline === -1 ? text.length : newline;
}

function rangeOf({ range }: Node): [number, number] {
  if (range == null) throw new Error("a value of it has no place");
  return [range[0], range[1]];
}
