import { StringDecoder } from "node:string_decoder";

/** Progress bars rewrite their line with a bare carriage return. */
const lineEnd = /\r\n|\n|\r/;

/** Whole lines of a byte stream, the last one even if nothing ends it. Empty ones are kept. */
export async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split(lineEnd);
    rest = parts.pop()!;
    yield* parts;
  }
  rest += decoder.end();
  if (rest !== "") yield rest;
}
