/** The catalog's Dockerfiles through the driver, upon a base whose shell says what it is told instead of doing it. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { catalogFolders } from "../../src/catalog/catalog.ts";
import { readTracks } from "../../src/catalog/image-track.ts";
import { getImage } from "../../src/containers/image.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { withDocker } from "./with-docker.ts";

/** Fails where a command names a variable that is not set: a build argument that did not arrive. */
const shell = `#!/bin/node
const command = process.argv.at(-1);
for (const [, name] of command.matchAll(/\\$\\{?([A-Z_][A-Z0-9_]*)/g)) {
  if (process.env[name]) continue;
  console.error(name + " is not set");
  process.exit(9);
}
`;
const base = "hearth-test/told:1";
const built = [...readTracks(catalogFolders.images, []).values()].filter(({ build }) => build !== undefined);

withDocker("the catalog's Dockerfiles", ({ host, client }) => {
  let context: string;
  const images = [base];
  const build = (image: string, args: Record<string, string>) => {
    images.unshift(image);
    const imageSource = { kind: "build", context, dockerfile: "Dockerfile", args } as const;
    return getImage({ image, imageSource }, null, AbortSignal.timeout(60_000), () => {}, host);
  };
  beforeAll(async () => {
    context = mkdtempSync(join(tmpdir(), "hearth-context-"));
    writeFileSync(join(context, "sh"), shell, { mode: 0o755 });
    writeFileSync(join(context, "Dockerfile"), `FROM ${fakeEngineImage}\nCOPY sh /bin/sh\nENTRYPOINT []\n`);
    await build(base, {});
  });
  afterAll(async () => {
    for (const image of images)
      await client
        .getImage(image)
        .remove()
        .catch(() => {});
    rmSync(context, { recursive: true });
  });

  it.each(built.map((track) => [track.name, track] as const))(
    "%s: the daemon's builder understands every step, and every argument arrives",
    async (name, { folder, build: { dockerfile, args = {} } = { dockerfile: "" } }) => {
      copyFileSync(join(folder, dockerfile), join(context, "Dockerfile"));
      const text = readFileSync(join(context, "Dockerfile"), "utf8");
      // Nothing outside this machine is asked.
      writeFileSync(join(context, "Dockerfile"), text.replace(/^ADD https(.*\\\n)*.*\n/gm, ""));
      await build(`hearth-test/${name}:1`, { ...args, BASE: base });
      const { Config } = await client.getImage(`hearth-test/${name}:1`).inspect();
      const entrypoint = /^ENTRYPOINT (.*)$/m.exec(text)?.[1];
      expect(Config.Entrypoint ?? []).toEqual(entrypoint === undefined ? [] : JSON.parse(entrypoint));
    },
  );

  it("an argument that does not arrive would be seen", async () => {
    writeFileSync(join(context, "Dockerfile"), `FROM ${base}\nARG VLLM_REF\nRUN git clone "\${VLLM_REF}"\n`);
    await expect(build("hearth-test/lacking:1", {})).rejects.toThrow("VLLM_REF is not set");
  });
});
