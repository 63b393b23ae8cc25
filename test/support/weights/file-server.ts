/** A real HTTP server on loopback that serves files by range, and misbehaves where a test says so. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServedFile {
  bytes: Buffer;
  etag?: string;
  type?: string;
  /** false: answers 200 with everything, whatever range was asked for. */
  ranges?: boolean;
  /** Instead of the file. */
  status?: number;
  /** Where the answer sends the client instead. */
  redirect?: string;
  /** Takes the request and never answers. */
  mute?: boolean;
  /** One entry per answer with a body: the connection is cut after so many bytes of it. */
  cuts?: number[];
  /** Sends so many bytes, then nothing until `release()`. */
  holdAfter?: number;
  /** Says that the file is so large, which it is not. */
  announced?: number;
  /** Bearer token without which the answer is 401. */
  token?: string;
}

export interface SeenRequest {
  path: string;
  range: string | undefined;
  authorization: string | undefined;
}

export class FileServer {
  readonly files = new Map<string, ServedFile>();
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  #released = Promise.withResolvers<void>();

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, response) => this.#answer(request, response));
  }

  static async start(): Promise<FileServer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new FileServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests for content, without those that only ask for size and version. */
  get transfers(): SeenRequest[] {
    return this.seen.filter(({ range }) => range !== "bytes=0-0");
  }

  release(): void {
    this.#released.resolve();
  }

  /** Cuts every connection that there is now. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url ?? "/");
    const { range, authorization } = request.headers;
    this.seen.push({ path, range, authorization });
    const file = this.files.get(path);
    const denied = file?.token !== undefined && request.headers.authorization !== `Bearer ${file.token}`;
    if (file === undefined || denied || file.status !== undefined) {
      response.writeHead(denied ? 401 : (file?.status ?? 404)).end();
      return;
    }
    if (file.mute) return;
    if (file.redirect !== undefined) {
      response.writeHead(302, { location: file.redirect }).end();
      return;
    }
    const span = file.ranges === false ? null : spanOf(range, file.bytes.length);
    const body = span === null ? file.bytes : file.bytes.subarray(span.from, span.to);
    response.writeHead(span === null ? 200 : 206, {
      "content-length": body.length,
      "accept-ranges": file.ranges === false ? "none" : "bytes",
      "content-type": file.type ?? "application/octet-stream",
      ...(file.etag === undefined ? {} : { etag: file.etag }),
      ...(span === null
        ? {}
        : { "content-range": `bytes ${span.from}-${span.to - 1}/${file.announced ?? file.bytes.length}` }),
    });
    void this.#send(response, body, file, range === "bytes=0-0");
  }

  async #send(response: ServerResponse, body: Buffer, file: ServedFile, probe: boolean): Promise<void> {
    const cut = probe ? undefined : file.cuts?.shift();
    const stop = cut ?? (probe ? undefined : file.holdAfter);
    if (stop === undefined || stop >= body.length) {
      response.end(body);
      return;
    }
    await new Promise<void>((resolve) => response.write(body.subarray(0, stop), () => resolve()));
    if (cut !== undefined) {
      response.destroy();
      return;
    }
    await this.#released.promise;
    response.end(body.subarray(stop));
  }
}

function spanOf(range: string | undefined, size: number): { from: number; to: number } | null {
  const found = /^bytes=(\d+)-(\d+)$/.exec(range ?? "");
  return found === null ? null : { from: Number(found[1]), to: Math.min(size, Number(found[2]) + 1) };
}
