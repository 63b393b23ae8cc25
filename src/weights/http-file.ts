/** A file on an HTTP server. Servers without ranges work too: what comes before is read and dropped. */
import type { Response } from "undici";
import type { HttpClient } from "./http-client.ts";
import { HttpStatusFailure } from "./network-failure.ts";
import { BeginAnew, type RemoteFile } from "./remote-file.ts";
import { SourceFailure } from "./source.ts";

/** Asks for size and version. Throws a SourceFailure, an HttpStatusFailure or a network error. */
export async function openHttpFile(
  client: HttpClient,
  url: string,
  headers: Record<string, string> = {},
): Promise<RemoteFile> {
  const ask = async (range: string) => {
    // Identity: a body that is compressed on the way would have other offsets.
    const response = await client.fetch(url, { headers: { ...headers, range, "accept-encoding": "identity" } });
    if (response.status === 200 || response.status === 206) return response;
    await response.body?.cancel();
    throw new HttpStatusFailure(response.status, response.url || url);
  };

  const first = await ask("bytes=0-0");
  await first.body?.cancel();
  const { size, version } = described(first);
  if (size === null) throw new SourceFailure(`${new URL(url).host} does not say how large the file is`);
  return {
    size,
    version,
    async *read(from, to, signal) {
      const response = await ask(`bytes=${from}-${to - 1}`);
      const now = described(response);
      if (now.size !== size || (version !== null && now.version !== null && now.version !== version)) {
        await response.body?.cancel();
        throw new BeginAnew(`the file at ${new URL(url).host} changed`);
      }
      yield* slice(response, response.status === 206 ? 0 : from, to - from, signal);
    },
  };
}

/** Leaves `skip` bytes out and gives the next `length`; a shorter body counts as cut. */
async function* slice(
  response: Response,
  skip: number,
  length: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let left = length;
  let toSkip = skip;
  for await (const chunk of response.body ?? []) {
    signal.throwIfAborted();
    const bytes = (chunk as Uint8Array).subarray(toSkip, toSkip + left);
    toSkip = Math.max(0, toSkip - (chunk as Uint8Array).length);
    left -= bytes.length;
    if (bytes.length > 0) yield bytes;
    if (left === 0) return;
  }
  throw Object.assign(new Error("the answer ended too early"), { code: "ECONNRESET" });
}

function described({ status, headers }: Response): { size: number | null; version: string | null } {
  const text = status === 206 ? headers.get("content-range")?.split("/")[1] : headers.get("content-length");
  const size = Number(text ?? "none");
  return {
    size: Number.isSafeInteger(size) ? size : null,
    version: headers.get("etag") ?? headers.get("last-modified"),
  };
}
