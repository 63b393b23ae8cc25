/** A YAML file as plain values, with the place of each of them. */
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, visit } from "yaml";
import type { ConfigIssue } from "./issue.ts";
import { outOfBounds } from "./yaml-bounds.ts";

export interface Place {
  file: string;
  line: number;
  column: number;
  length: number;
}

export interface YamlSource {
  /** The file's content as plain values; null where it is empty. */
  value: unknown;
  /** Where the value at this path stands; where it is missing, what it would belong to. */
  locate(path: readonly PropertyKey[]): Place;
  /** Where the key itself stands that ends this path. */
  locateKey(path: readonly PropertyKey[]): Place;
}

/** Parses YAML 1.2 (JSON is YAML too). Never throws: what is wrong with the syntax comes back as issues. */
export function parseYaml(text: string, file: string): { source: YamlSource; issues: ConfigIssue[] } {
  const place = (from: number, to: number): Place => placeIn(text, file, from, to);
  const issue = ({ message, pos }: Fault): ConfigIssue => ({
    ...place(...pos),
    path: "",
    message: `${message.replace(/\.?$/, "")}.`,
  });
  const nothing = { value: null, locate: () => place(0, 1), locateKey: () => place(0, 1) };
  const beyond = outOfBounds(text);
  if (beyond !== null) return { source: nothing, issues: [issue({ ...beyond, pos: [beyond.at, beyond.at + 1] })] };
  try {
    const document = parseDocument(text, { prettyErrors: false, stringKeys: true });
    const faults = [...document.errors, ...document.warnings, ...unresolved(document), ...tooLong(document)];
    if (faults.length > 0) return { source: nothing, issues: faults.map(issue) };
    const of = (node: Node | null): Place => (node?.range ? place(node.range[0], node.range[1]) : place(0, 1));
    const source = {
      value: document.toJS({ maxAliasCount: 100 }) as unknown,
      locate: (path: readonly PropertyKey[]) => of(descend(document.contents, path, false)),
      locateKey: (path: readonly PropertyKey[]) => of(descend(document.contents, path, true)),
    };
    return { source, issues: [] };
  } catch (error) {
    // A document that grows without bounds when its aliases are resolved.
    const message = `Cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { source: nothing, issues: [issue({ message, pos: [0, 1] })] };
  }
}

function descend(root: Node | null, path: readonly PropertyKey[], wantKey: boolean): Node | null {
  let node = root;
  for (const [depth, part] of path.entries()) {
    if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (!item) return node;
      node = item as Node;
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return node;
      if (wantKey && depth === path.length - 1) return pair.key as Node;
      node = (pair.value ?? pair.key) as Node;
    } else {
      return node;
    }
  }
  return node;
}

interface Fault {
  message: string;
  /** Offsets of its begin and end. */
  pos: [number, number];
}

/** No household has as many models or keys: it would take longer to check than a start may. */
const mostEntries = 2000;

function tooLong(document: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Collection(_, { items, range }) {
      if (items.length <= mostEntries) return undefined;
      const message = `${items.length} entries are too many: at most ${mostEntries} can stand here`;
      faults.push({ message, pos: [range?.[0] ?? 0, (range?.[0] ?? 0) + 1] });
      return visit.SKIP;
    },
  });
  return faults;
}

/** Aliases of anchors that are not there, or that hold themselves; the parser finds them only when it is too late to say where they are. */
function unresolved(document: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Alias(_, alias, ancestors) {
      const [from = 0, to = 1] = alias.range ?? [];
      const meant = alias.resolve(document);
      if (meant !== undefined && ancestors.includes(meant)) {
        faults.push({ message: `The anchor &${alias.source} contains this alias of itself`, pos: [from, to] });
      } else if (meant === undefined) {
        faults.push({ message: `There is no anchor &${alias.source} before this alias`, pos: [from, to] });
      }
    },
  });
  return faults;
}

function placeIn(text: string, file: string, from: number, to: number): Place {
  const start = Math.max(0, Math.min(from, text.length));
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", start);
  const end = Math.min(to, lineEnd === -1 ? text.length : lineEnd);
  const line = text.slice(0, lineStart).split("\n").length;
  return { file, line, column: start - lineStart + 1, length: Math.max(1, end - start) };
}
