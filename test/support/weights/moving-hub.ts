/** A hub whose branch `main` is moved while a test runs: it knows commits, and serves the files of each. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface MovingHub {
  url: string;
  /** Paths of the files that were asked for. */
  fetched: string[];
  /** Makes a new commit with this file the head of `main`; its name. */
  move(file: Buffer): string;
  /** False: it serves files and says nothing of commits, as some mirrors do. */
  knowsCommits: boolean;
  close(): Promise<void>;
}

/** Serves the repository `tests/tiny` with its `model.gguf`. */
export async function startMovingHub(): Promise<MovingHub> {
  const commits = new Map<string, Buffer>();
  let head = "";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://hub");
    if (hub.knowsCommits && pathname === "/api/models/tests/tiny/revision/main") {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ _id: "1", id: "tests/tiny", sha: head, lastModified: "2026-11-25T00:00:00.000Z" }));
      return;
    }
    const revision = /^\/tests\/tiny\/resolve\/(\w+)\/model\.gguf$/.exec(pathname)?.[1];
    const file = revision && commits.get(revision === "main" ? head : revision);
    if (!file) return void response.writeHead(404).end();
    if (request.headers.range !== "bytes=0-0") hub.fetched.push(pathname);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const part = file.subarray(Number(from ?? 0), to === undefined ? file.length : Number(to) + 1);
    const range = `bytes ${from ?? 0}-${Number(from ?? 0) + part.length - 1}/${file.length}`;
    response.writeHead(206, { etag: `"${revision}"`, "content-range": range, "content-length": part.length }).end(part);
  });
  const hub = {
    url: "",
    fetched: [] as string[],
    knowsCommits: true,
    move(file: Buffer) {
      head = String(commits.size + 1)
        .repeat(40)
        .slice(0, 40);
      commits.set(head, file);
      return head;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  await once(server.listen(0, "127.0.0.1"), "listening");
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;
}
