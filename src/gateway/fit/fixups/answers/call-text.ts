/**
 * Tells the calls in a model's text from its words, piece by piece. A call is one only where that is certain: its element
 * is whole, its tool is one of the request's, and its input suits the tool's schema. All else stays what it is: words.
 */
import type { JsonObject } from "../../../../domain/json-object.ts";
import { parsed } from "./answer-json.ts";
import { Cursor } from "./call-formats/cursor.ts";
import { type CallFormat, jsonCalls, type WrittenCall } from "./call-formats/format.ts";
import { callFormats } from "./call-formats/formats.ts";
import { pythonic } from "./call-formats/written-functions.ts";
import { fitInput } from "./fit-input.ts";
import { Lines } from "./lines.ts";

export type Piece = { words: string } | { call: WrittenCall };

/** Up to here a call is looked for with each piece that comes, and from then on whenever it has grown by a fifth. */
const soonLength = 512;
const growth = 1.2;

export class CallText {
  /** By name: the schemas of what the tools take. */
  readonly #tools: ReadonlyMap<string, JsonObject>;
  readonly #lines = new Lines();
  /** What may be a call, or begins like one. */
  #held = "";
  /** Nothing was said yet, and all that came may be one call without a mark. */
  #mayBeAll = true;
  #nextLook = 0;

  constructor(tools: ReadonlyMap<string, JsonObject>) {
    this.#tools = tools;
  }

  push(words: string): Piece[] {
    this.#held += words;
    if (this.#held.length > soonLength && this.#held.length < this.#nextLook) return [];
    this.#nextLook = this.#held.length * growth;
    this.#mayBeAll &&= this.#beginsAsCall();
    return this.#mayBeAll ? [] : this.#look(false);
  }

  /** No more words will come. */
  end(): Piece[] {
    const calls = this.#mayBeAll ? this.#unmarked() : null;
    if (calls === null) return this.#look(true);
    this.#held = "";
    return calls.map((call) => ({ call }));
  }

  /** What is held as words: the engine has understood the calls itself. */
  release(): string {
    const words = this.#held;
    this.#held = "";
    return words;
  }

  #look(isAll: boolean): Piece[] {
    const pieces: Piece[] = [];
    while (this.#held !== "") {
      const start = this.#lines.openingIn(this.#held, callFormats, isAll);
      this.#say(start, pieces);
      if (this.#held === "") break;
      const { calls, end, open } = this.#read(isAll);
      if (calls !== null) {
        pieces.push(...calls.map((call) => ({ call })));
        this.#held = this.#held.slice(end);
        this.#lines.restart();
      } else if (open && !isAll) break;
      else this.#say(1, pieces);
    }
    return pieces;
  }

  /** `open`: it may still become a call. */
  #read(isAll: boolean): { calls: WrittenCall[] | null; end: number; open: boolean } {
    let open = false;
    for (const format of callFormats) {
      const cursor = new Cursor(this.#held, 0);
      const calls = this.#suiting(format.read(cursor));
      if (calls !== null && (isAll || !cursor.ranOut)) return { calls, end: cursor.at, open };
      open ||= cursor.ranOut && mayBegin(format, this.#held);
    }
    return { calls: null, end: 0, open };
  }

  #suiting(calls: WrittenCall[] | null): WrittenCall[] | null {
    const fitted = (calls ?? []).map(({ name, input }) => {
      const schema = this.#tools.get(name);
      const fit = schema === undefined ? null : fitInput(input, schema);
      return fit === null ? null : { name, input: fit };
    });
    return fitted.length > 0 && fitted.every((call) => call !== null) ? fitted : null;
  }

  #say(length: number, pieces: Piece[]): void {
    if (length === 0) return;
    const words = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#lines.pass(words);
    const last = pieces.at(-1);
    if (last !== undefined && "words" in last) last.words += words;
    else pieces.push({ words });
  }

  /** JSON or Python alone is a call only where there is nothing else. */
  #unmarked(): WrittenCall[] | null {
    const text = this.#held
      .trim()
      .replace(/^```(?:json)?/, "")
      .replace(/```$/, "")
      .trim();
    const cursor = new Cursor(text, 0);
    const calls = this.#suiting(jsonCalls(parsed(text)) ?? pythonic(cursor));
    return calls !== null && (cursor.at === 0 || cursor.at === text.length) ? calls : null;
  }

  #beginsAsCall(): boolean {
    const start = this.#held.slice(0, 400).replace(/\s/g, "");
    const beginnings = [...this.#tools.keys()].flatMap((tool) => [
      ...["", "[", "```json", "```"].flatMap((before) => [`${before}{"name":"${tool}"`, `${before}{"type":"function"`]),
      `[${tool}(`,
    ]);
    return beginnings.some((one) => one.startsWith(start) || start.startsWith(one));
  }
}

function mayBegin({ openings }: CallFormat, text: string): boolean {
  return openings.some((opening) => opening.startsWith(text) || text.startsWith(opening));
}
