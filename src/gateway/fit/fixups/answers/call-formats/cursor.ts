/** A place in a text of which more may come. */
import { JsonEnd } from "../../../../dialects/chat/json-end.ts";
import { parsed } from "../answer-json.ts";

export class Cursor {
  readonly text: string;
  at: number;
  /** What was looked for may still come. */
  ranOut = false;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  space(): this {
    while (this.at < this.text.length && this.text[this.at]!.trim() === "") this.at += 1;
    return this;
  }

  /** True where the text goes on with `words`; it is behind them then. */
  take(words: string): boolean {
    if (this.text.startsWith(words, this.at)) {
      this.at += words.length;
      return true;
    }
    this.ranOut ||= words.startsWith(this.text.slice(this.at));
    return false;
  }

  /** What stands before `words`; it is behind them then. Null where there are none. */
  until(words: string): string | null {
    const end = this.text.indexOf(words, this.at);
    if (end < 0) {
      this.ranOut = true;
      return null;
    }
    const before = this.text.slice(this.at, end);
    this.at = end + words.length;
    return before;
  }

  /** A name as tools have them; empty where there is none. */
  name(): string {
    const start = this.at;
    while (this.at < this.text.length && /[\w.:-]/.test(this.text[this.at]!)) this.at += 1;
    this.ranOut ||= this.at === this.text.length;
    return this.text.slice(start, this.at);
  }

  /** A JSON object or list; undefined where there is none. */
  json(): unknown {
    const start = this.text[this.at];
    if (start !== "{" && start !== "[") {
      this.ranOut ||= start === undefined;
      return undefined;
    }
    const length = new JsonEnd().find(this.text.slice(this.at));
    if (length < 0) {
      this.ranOut = true;
      return undefined;
    }
    const value = parsed(this.text.slice(this.at, this.at + length));
    this.at += length;
    return value;
  }
}
