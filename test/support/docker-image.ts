/** Images for the tests, built from this machine's own files: no registry is asked. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type Docker from "dockerode";

/** Node and the fake engine, which is its entry point. */
export const fakeEngineImage = "hearth-test/fake-engine:1";
/** Where the fake engine is in it. */
export const fakeEnginePath = "/app/test/support/fake-engine.ts";

export async function buildFakeEngineImage(client: Docker): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), "hearth-image-"));
  try {
    copyWithLibraries(process.execPath, join(context, "root"), "/bin/node");
    for (const path of ["test/support/fake-engine.ts", "test/support/fake-engine"]) {
      cpSync(path, join(context, "root/app", path), { recursive: true });
    }
    writeFileSync(join(context, "root/app/package.json"), '{ "type": "module" }');
    const lines = ["FROM scratch", "COPY root /", `ENTRYPOINT ["/bin/node", "${fakeEnginePath}"]`];
    await build(client, fakeEngineImage, context, lines);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** The fake engine's image with another line in its Dockerfile. Returns its name, `image`. */
export async function buildWith(client: Docker, image: string, line: string): Promise<string> {
  const context = mkdtempSync(join(tmpdir(), "hearth-image-"));
  try {
    await build(client, image, context, [`FROM ${fakeEngineImage}`, line]);
  } finally {
    rmSync(context, { recursive: true });
  }
  return image;
}

async function build(client: Docker, image: string, context: string, lines: string[]): Promise<void> {
  writeFileSync(join(context, "Dockerfile"), lines.join("\n"));
  const progress = await client.buildImage({ context, src: ["."] }, { t: image });
  await new Promise<void>((resolve, reject) => {
    client.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
  });
}

/** The libraries that a program needs, where it looks for them below `root`; and the program, unless `at` is null. */
export function copyWithLibraries(program: string, root: string, at: string | null): void {
  if (at !== null) copy(program, join(root, at));
  for (const library of librariesOf(program)) copy(library, join(root, library));
}

/** Paths of the shared libraries and of the loader that a program names. */
function librariesOf(program: string): string[] {
  const listed = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
