import type { WeightsSource } from "../../../src/domain/model.ts";
import type { FileServer, ServedFile } from "./file-server.ts";

export const hubSource: WeightsSource = { kind: "hub", repo: "tests/tiny", file: "model.gguf", revision: "main" };

/** Makes a file server answer as the hub does for `hubSource`. Gives the environment that leads there. */
export function serveAsHub(server: FileServer, file: ServedFile): NodeJS.ProcessEnv {
  server.files.set("/tests/tiny/resolve/main/model.gguf", { etag: '"one"', ...file });
  return { PATH: process.env.PATH, HF_ENDPOINT: server.url, HF_HOME: "/nonexistent" };
}
