import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

const mostBytes = 1024 ** 2;

/** A small body as text. Throws a Refusal when it is larger than 1 MiB. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Refusal("the body is larger than 1 MiB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
