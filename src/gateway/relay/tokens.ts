/** What an answer came to in tokens: as its engine counted, else a guess from what passed, which says that it is one. */
import type { TokenCounts } from "../../domain/token-counts.ts";
import type { Work } from "../../domain/work.ts";
import type { AnswerEnds } from "../upstream/answer-ends.ts";
import type { Accepted } from "./accepted.ts";
import { countedIn } from "./counted.ts";
import type { AnsweringPhase } from "./phases.ts";

/** Of English text, by the tokenizers that are in use. */
const bytesPerToken = 4;

/** Null of what has no tokens, and where not even a guess would mean anything. */
export function tokensOf(
  { route, record }: Pick<Accepted, "route" | "record">,
  { attempt: { ends }, call }: Pick<AnsweringPhase, "attempt" | "call">,
): TokenCounts | null {
  const counted = countedIn(ends);
  if (counted !== null) return counted;
  const isText = textual[route.work];
  if (isText === undefined || call.body.fields.json === null) return null;
  return {
    in: promptTokens(call.body.bytes),
    out: isText.out ? (record.streaming ? pieces(ends) : Math.ceil(ends.bytes / bytesPerToken)) : 0,
    ...{ cached: 0, reasoning: 0, estimated: true },
  };
}

/** Work whose request is text; of some the answer too. */
const textual: Partial<Record<Work, { out: boolean }>> = {
  chat: { out: true },
  text: { out: true },
  embeddings: { out: false },
  ranking: { out: false },
};

/** An image, whatever its size in bytes: what models of today take for one, roughly. */
const tokensPerFile = 1000;

/** Files are long as text, and short as tokens. */
function promptTokens(body: Buffer): number {
  let [files, fileBytes] = [0, 0];
  for (let at = body.indexOf(fileMark); at >= 0; at = body.indexOf(fileMark, at)) {
    const end = body.indexOf('"', at);
    files += 1;
    fileBytes += (end < 0 ? body.length : end) - at;
    at = end < 0 ? body.length : end;
  }
  return Math.ceil((body.length - fileBytes) / bytesPerToken) + files * tokensPerFile;
}

const fileMark = ";base64,";

/** A stream's events, which engines send token by token: as many as in the last kilobytes, for all of its length. */
function pieces({ bytes, tail, tailBytes }: Pick<AnswerEnds, "bytes" | "tail" | "tailBytes">): number {
  const seen = tail.match(/(?<=^|\n)data:(?! ?\[DONE\])/g)?.length ?? 0;
  return seen === 0 ? 0 : Math.round((seen * bytes) / tailBytes);
}
