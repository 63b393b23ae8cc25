/**
 * A prompt's length without its model's tokenizer, rather too long than too short: clients that make room by such a
 * count must not run into the window. English comes out about a third too long.
 */
import type { ChatMessage, ChatPart } from "./request.ts";

/** Role, separators and what the template writes around a message. */
const perMessage = 12;
/** What vision models here make of one image at most, unless they tile it. */
const perImage = 1600;

/** More characters than this are not looked at: of a longer prompt samples are counted, so that no prompt takes long. */
const mostLookedAt = 400_000;
const sampleLength = 1000;

export function estimateTokens(messages: ChatMessage[], tools: unknown): number {
  const said = messages.map(textsOf);
  const offered = tools === undefined ? "" : JSON.stringify(tools);
  const length = said.flat().reduce((sum, text) => sum + text.length, offered.length);
  const sampler = new Sampler(Math.min(1, mostLookedAt / length));
  const count = (sum: number, text: string) => sum + sampler.tokens(text);
  const prompt = said.flat().reduce(count, count(0, offered));
  const images = messages
    .flatMap(({ content }) => (typeof content === "string" ? [] : (content ?? [])))
    .filter(isImage);
  const parts = messages.length + 1 + (tools === undefined ? 0 : 1);
  return Math.ceil(prompt) + images.length * perImage + parts * perMessage;
}

function textsOf(message: ChatMessage): string[] {
  const { content } = message;
  const said =
    typeof content === "string" ? [content] : (content ?? []).map((part) => ("text" in part ? part.text : ""));
  return message.role === "assistant" && message.tool_calls ? [...said, JSON.stringify(message.tool_calls)] : said;
}

function isImage(part: ChatPart): boolean {
  return part.type !== "text";
}

/** Looks at a share of each text, at places that follow no rhythm that a text could have. */
class Sampler {
  readonly #share: number;
  #taken = 0;

  constructor(share: number) {
    this.#share = share;
  }

  tokens(text: string): number {
    if (this.#share === 1 || text.length <= sampleLength) return textTokens(text);
    const step = Math.floor(sampleLength / this.#share);
    let looked = 0;
    let count = 0;
    for (let at = 0; at < text.length; at += step) {
      const free = Math.max(0, Math.min(step, text.length - at) - sampleLength);
      // Multiples of the golden ratio lie evenly, and repeat nowhere.
      const start = at + Math.floor(((this.#taken++ * 0.618034) % 1) * free);
      const sample = text.slice(start, start + sampleLength);
      looked += sample.length;
      count += textTokens(sample);
    }
    return (count * text.length) / looked;
  }
}

/** Words in pieces of up to five letters with the space before them, digits and signs one by one, other scripts by their bytes. */
function textTokens(text: string): number {
  let count = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|[^\S\n]+|[^\x20-\x7e\n]+|[^A-Za-z\s]|\n+/g)) {
    const first = piece.charCodeAt(0);
    if (first > 0x7e) count += Math.ceil(Buffer.byteLength(piece) / 2);
    else if (/[A-Za-z]/.test(piece[0]!)) count += Math.ceil(piece.length / 5);
    else if (piece !== " ") count += 1;
  }
  return count;
}
