/** An image registry on 127.0.0.1 with one small image, for pulls that never leave the machine. */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface LoopbackRegistry {
  /** `127.0.0.1:5000`, the first part of an image's name. Docker speaks plain HTTP with such addresses. */
  address: string;
  /** The image's name and its name by digest. */
  image: string;
  imageByDigest: string;
  /** Makes `image` another one; its digest. */
  move(): string;
  /** An image that wants a login. */
  closedImage: string;
  close(): Promise<void>;
}

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

export async function startRegistry(): Promise<LoopbackRegistry> {
  const first = smallImage();
  const images = new Map([[digestOf(first.manifest), first]]);
  let head = first;
  const server = createServer((request, response) => {
    const path = request.url!;
    if (path.startsWith("/v2/closed/")) return refuse(response);
    if (path === "/v2/") return response.end("{}");
    const wanted = /^\/v2\/small\/blobs\/(.*)$/.exec(path)?.[1] ?? "";
    const blob = [...images.values()].find(({ blobs }) => blobs.has(wanted))?.blobs.get(wanted);
    if (blob !== undefined) return response.end(blob);
    const reference = /^\/v2\/small\/manifests\/(1|sha256:.*)$/.exec(path)?.[1];
    const manifest = (reference === "1" ? head : images.get(reference ?? ""))?.manifest;
    if (manifest !== undefined) {
      const head = { "content-type": manifestType, "docker-content-digest": digestOf(manifest) };
      return response.writeHead(200, { ...head, "content-length": manifest.length }).end(manifest);
    }
    const unknown = { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] };
    return response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify(unknown));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    image: `${address}/small:1`,
    imageByDigest: `${address}/small@${digestOf(first.manifest)}`,
    move() {
      head = smallImage();
      const digest = digestOf(head.manifest);
      images.set(digest, head);
      return digest;
    },
    closedImage: `${address}/closed:1`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function refuse(response: ServerResponse): void {
  const head = { "content-type": "application/json", "www-authenticate": 'Basic realm="closed"' };
  const body = { errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] };
  response.writeHead(401, head).end(JSON.stringify(body));
}

/** One layer of noise, large enough that Docker tells how far it is. */
function smallImage(): { manifest: Buffer; blobs: Map<string, Buffer> } {
  const folder = mkdtempSync(join(tmpdir(), "hearth-layer-"));
  writeFileSync(join(folder, "noise"), randomBytes(3_000_000));
  const layer = execFileSync("tar", ["-c", "-C", folder, "noise"], { maxBuffer: 2 ** 26 });
  rmSync(folder, { recursive: true });
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === "x64" ? "amd64" : process.arch,
      os: "linux",
      config: {},
      rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
    }),
  );
  const described = (mediaType: string, blob: Buffer) => ({ mediaType, size: blob.length, digest: digestOf(blob) });
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: described("application/vnd.docker.container.image.v1+json", config),
    layers: [described("application/vnd.docker.image.rootfs.diff.tar", layer)],
  };
  const blobs = new Map([config, layer].map((blob) => [digestOf(blob), blob]));
  return { manifest: Buffer.from(JSON.stringify(manifest)), blobs };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
