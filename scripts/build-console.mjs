// `npm run build:console`, and before `npm start`, `npm test` and `npm run check`: makes console/dist from its sources, when
// they have changed since it was made. Beside each file lie its compressed forms, so that the server compresses nothing.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("../console", import.meta.url));
const dist = join(folder, "dist");
const stamp = join(dist, ".made-of");

export async function buildConsole() {
  if (!existsSync(folder)) return;
  const made = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return;
  const vite = viteOf(folder);
  if (vite === null) {
    console.error("The console is not built: Vite is not installed. `npm ci && npm run build:console` makes it.");
    return;
  }
  console.error("Building the console (a few seconds) ...");
  const { build } = await import(vite);
  await build({ configFile: join(folder, "vite.config.ts"), logLevel: "warn" });
  for (const file of filesBelow(dist)) compress(join(dist, file));
  // Last, so that a build that was interrupted does not look whole.
  writeFileSync(stamp, made);
}

/** Of everything that the result depends on. */
function digestOfSources() {
  const sources = ["package.json", "vite.config.ts", "tsconfig.json", "index.html"];
  const files = [
    ...sources,
    ...filesBelow(join(folder, "src")).map((file) => join("src", file)),
    "../package-lock.json",
  ];
  const digest = createHash("sha256");
  for (const file of files.sort())
    digest
      .update(file)
      .update("\0")
      .update(readFileSync(join(folder, file)))
      .update("\0");
  return digest.digest("hex");
}

function viteOf(from) {
  try {
    const { resolve } = createRequire(join(from, "package.json"));
    return pathToFileURL(join(resolve("vite/package.json"), "../dist/node/index.js")).href;
  } catch {
    return null;
  }
}

function filesBelow(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1));
}

function compress(file) {
  if (!/\.(js|css|html|svg|json)$/.test(file)) return;
  const content = readFileSync(file);
  for (const [suffix, made] of [
    [".br", brotliCompressSync(content)],
    [".gz", gzipSync(content, { level: 9 })],
  ]) {
    rmSync(file + suffix, { force: true });
    if (made.length < content.length) writeFileSync(file + suffix, made);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole();
