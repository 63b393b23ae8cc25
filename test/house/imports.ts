/** Reads what the files of `src` import, in every way that there is. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { type ESTree, parseSync, Visitor } from "rolldown/utils";

export interface Import {
  /** From the root of the project, as `src/link/link.ts`. */
  file: string;
  line: number;
  /** Likewise for a file of ours; for another module its name. */
  target: string;
}

/** Every import of what is shipped from `root`/src; tests may import whatever they test. */
export function readImports(root = "."): Import[] {
  const files = globSync("src/**/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  return files.sort().flatMap((file) => importsIn(file, readFileSync(join(root, file), "utf8")));
}

/**
 * The imports of one file: static, dynamic, of types alone, exports from elsewhere, and files that are started as a
 * worker or process by `new URL("./x.ts", import.meta.url)`. Throws where the text cannot be parsed, and at an
 * `import()` that does not name its module.
 */
export function importsIn(file: string, text: string): Import[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const found: Import[] = [];
  const add = (node: ESTree.Node, at: number) => {
    const line = text.slice(0, at).split("\n").length;
    if (node.type !== "Literal" || typeof node.value !== "string") {
      throw new Error(`${file}:${line}: an import that does not name its module. Nobody could see where it leads.`);
    }
    const target = node.value.startsWith(".") ? normalize(join(dirname(file), node.value)) : node.value;
    found.push({ file, line, target });
  };
  new Visitor({
    ImportDeclaration: ({ source, start }) => add(source, start),
    ExportAllDeclaration: ({ source, start }) => add(source, start),
    ExportNamedDeclaration: ({ source, start }) => source && add(source, start),
    ImportExpression: ({ source, start }) => add(source, start),
    TSImportType: ({ source, start }) => add(source, start),
    NewExpression: ({ callee, arguments: [path], start }) => {
      if (callee.type === "Identifier" && callee.name === "URL" && path && isCode(path)) add(path, start);
    },
  }).visit(program);
  return found;
}

function isCode(node: ESTree.Node): boolean {
  return node.type === "Literal" && typeof node.value === "string" && /^\..*\.(ts|js|mjs)$/.test(node.value);
}
