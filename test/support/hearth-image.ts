/** Hearth's own image, built by deploy/Dockerfile from this machine's files: no registry is asked. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { copyWithLibraries } from "./docker-image.ts";
import { turnAt } from "./docker-turn.ts";

export const hearthImage = "hearth-test/hearth:1";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modulesImage = "hearth-test/modules:1";
const consoleImage = "hearth-test/console:1";
const runtimeImage = "hearth-test/runtime:1";

/** `host`: the daemon, as DOCKER_HOST has it. */
export async function buildHearthImage(host: string): Promise<void> {
  const buildArgs = Object.entries(await hearthBases(host)).flatMap(([name, value]) => [
    "--build-arg",
    `${name}=${value}`,
  ]);
  await docker(host, ["build", "--file", "deploy/Dockerfile", "--tag", hearthImage, ...buildArgs, root]);
}

/**
 * What deploy/Dockerfile builds on, as its arguments, without a registry. Made once for a daemon, which takes about as
 * long as copying 350 MB.
 */
export async function hearthBases(host: string): Promise<Record<string, string>> {
  const turn = await turnAt(host, "bases");
  try {
    if (!(await isThere(host, runtimeImage))) await buildBases(host);
  } finally {
    await turn.release();
  }
  return { MODULES: modulesImage, CONSOLE: consoleImage, RUNTIME: runtimeImage };
}

async function buildBases(host: string): Promise<void> {
  await built(host, modulesImage, (context) => {
    const target = join(context, "root/opt/hearth/node_modules");
    for (const path of productionModules())
      cpSync(path, join(target, relative(join(root, "node_modules"), path)), copying);
    mkdirSync(join(target, ".bin"), { recursive: true });
    cpSync(join(root, "node_modules/.bin/node"), join(target, ".bin/node"), { verbatimSymlinks: true });
  });
  await built(host, consoleImage, (context) => {
    cpSync(join(root, "console/dist"), join(context, "root/opt/hearth/console/dist"), { recursive: true });
  });
  await built(host, runtimeImage, (context) => copyWithLibraries(process.execPath, join(context, "root"), null));
}

function isThere(host: string, image: string): Promise<boolean> {
  return docker(host, ["image", "inspect", image]).then(
    () => true,
    () => false,
  );
}

/** Nested modules lie below the ones that are listed first, and come along with them. */
const copying = { recursive: true, verbatimSymlinks: true, filter: (path: string) => !path.includes("/include/node/") };

function productionModules(): string[] {
  const listed = execFileSync("npm", ["ls", "--omit=dev", "--all", "--parseable"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const folder = join(root, "node_modules/");
  const paths = listed.split("\n").filter((path) => path.startsWith(folder) && !lstatSync(path).isSymbolicLink());
  return paths.filter((path) => !path.slice(folder.length).includes("/node_modules/"));
}

async function built(host: string, tag: string, fill: (context: string) => void): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), "hearth-image-"));
  try {
    mkdirSync(join(context, "root"));
    fill(context);
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nCOPY root /\n");
    await docker(host, ["build", "--tag", tag, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** With BuildKit, which leaves out stages that are not needed. Debian's client needs no plugin for that. */
async function docker(host: string, args: string[]): Promise<void> {
  const env = { ...process.env, PATH: `/usr/bin:${process.env.PATH}`, DOCKER_HOST: host, DOCKER_BUILDKIT: "1" };
  try {
    await promisify(execFile)("docker", args, { env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stderr } = error as { stderr: string };
    throw new Error(`docker ${args.join(" ")} failed:\n${stderr.slice(-3000)}`, { cause: error });
  }
}
