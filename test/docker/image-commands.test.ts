import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ImageTrack } from "../../src/catalog/image-track.ts";
import { getImages, type ImageOrder } from "../../src/cli/image-get.ts";
import { type LoopbackRegistry, startRegistry } from "../support/loopback-registry.ts";
import { withDocker } from "./with-docker.ts";

withDocker("hearth images", ({ host, client }) => {
  let registry: LoopbackRegistry;
  let context: string;
  beforeAll(async () => {
    registry = await startRegistry();
    context = mkdtempSync(join(tmpdir(), "hearth-context-"));
  });
  afterAll(async () => {
    await registry.close();
    rmSync(context, { recursive: true });
    await client.getImage(registry.image).remove();
    await client.getImage("hearth-test/track:1").remove();
  });

  /** What the commands say; `terminal`: as to a person. */
  async function get(orders: ImageOrder[], { terminal = false, json = false } = {}) {
    const stream = () => Object.assign(new PassThrough().setEncoding("utf8"), { isTTY: terminal, columns: 100 });
    const [out, err] = [stream(), stream()];
    const env = { DOCKER_HOST: host, NO_COLOR: "1" };
    const signal = AbortSignal.timeout(120_000);
    const code = await getImages(orders, {
      options: { json },
      io: { in: Readable.from([]), out, err, env, cwd: "/", signal, goOnUnread() {} },
    });
    return { code, out: String(out.read() ?? ""), err: String(err.read() ?? "") };
  }
  const order = (name: string, image: string, fields: Partial<ImageOrder> = {}): ImageOrder => ({
    track: { name, registryLogin: "nvcr.io" } as ImageTrack,
    ...{ image, source: { kind: "pull" }, expect: null, next: null },
    ...fields,
  });
  function built(dockerfile: string): Partial<ImageOrder> {
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    const source = { kind: "build", context, dockerfile: "Dockerfile", args: { COLOUR: "blue" } } as const;
    return { source, expect: "takes 1 to 2 minutes, measured", next: "Use it." };
  }

  it("a pull tells how far it is, a line each tenth; a second one has nothing to do", async () => {
    const { code, out, err } = await get([order("small", registry.image)]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^small: pulled 127\.0\.0\.1:\d+\/small:1 in \d+ s\.\n$/)]);
    expect(err).toMatch(/^small: pulling image/m);
    expect(err.split("\n").length).toBeLessThan(14);
    const again = await get([order("small", registry.image)]);
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is here already, nothing to do\.\n$/),
      err: "",
    });
  });

  it("a build on a terminal rewrites one line, and says what is left to do", async () => {
    const dockerfile = "FROM scratch\nARG COLOUR\nLABEL colour=$COLOUR\n";
    const { code, out, err } = await get([order("track", "hearth-test/track:1", built(dockerfile))], {
      terminal: true,
    });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^track: built hearth-test\/track:1 in \d+ s\.\n {2}Use it\.\n$/),
    ]);
    expect(err).toMatch(/^track: takes 1 to 2 minutes, measured\n\r/);
    expect(err).toContain("\r\x1b[2Ktrack: building image, step 3 of 3, 66 %");
    expect(err.trimEnd().split("\n")).toHaveLength(2);
    expect((await client.getImage("hearth-test/track:1").inspect()).Config.Labels).toEqual({ colour: "blue" });
  });

  it("a missing login is told with the command, for a pull and for a build's base; the other images are got", async () => {
    const image = registry.closedImage;
    const orders = [
      order("closed", image),
      order("upon", "hearth-test/upon:1", built(`FROM ${image}\n`)),
      order("small", registry.image),
    ];
    const { code, out, err } = await get(orders);
    expect(code).toBe(1);
    const login = `Log in with \`docker login ${registry.address}\` and try \`docker pull ${image}\`.`;
    expect(err.split(login)).toHaveLength(3);
    expect(err).toContain("Its user name is $oauthtoken");
    expect(out).toMatch(/^small: .* is here already/);
    const { images } = JSON.parse((await get(orders, { json: true })).out);
    expect(images.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["failed", "failed", "there"]);
  });
});
