/** Finds tool calls in an answer that arrives in pieces, and passes arguments on as they are written. */
import { partialMatch } from "../generate/partial-match.ts";
import { callEnd, callStart } from "./format.ts";

export type AnswerEvent =
  | { kind: "text"; text: string }
  | { kind: "call"; index: number; name: string }
  | { kind: "arguments"; index: number; text: string };

/** The head of a call, up to the brace that opens its arguments. */
const head =
  /^\s*\{\s*"name"\s*:\s*("(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")\s*,\s*"(?:arguments|parameters)"\s*:\s*\{/u;

export class CallReader {
  /** Calls found so far. */
  calls = 0;
  #held = "";
  #state: "text" | "head" | "arguments" | "tail" = "text";
  #arguments = new JsonValueEnd();

  push(piece: string): AnswerEvent[] {
    this.#held += piece;
    const events: AnswerEvent[] = [];
    while (this.#step(events)) {}
    return events;
  }

  /** What was held back when the answer ended. */
  end(): AnswerEvent[] {
    const rest = this.#state === "head" ? callStart + this.#held : this.#state === "text" ? this.#held : "";
    this.#held = "";
    return this.#visible(rest);
  }

  /** One move of the state machine; false when it needs more text. */
  #step(events: AnswerEvent[]): boolean {
    switch (this.#state) {
      case "text":
        return this.#readText(events);
      case "head":
        return this.#readHead(events);
      case "arguments":
        return this.#readArguments(events);
      case "tail":
        return this.#readTail();
    }
  }

  #readText(events: AnswerEvent[]): boolean {
    const start = this.#held.indexOf(callStart);
    if (start >= 0) {
      events.push(...this.#visible(this.#held.slice(0, start).trimEnd()));
      this.#held = this.#held.slice(start + callStart.length);
      this.#state = "head";
      return true;
    }
    // White space waits as well: in front of a call it is no part of the answer.
    const certain = this.#held.slice(0, this.#held.length - partialMatch(this.#held, callStart)).trimEnd();
    events.push(...this.#visible(certain));
    this.#held = this.#held.slice(certain.length);
    return false;
  }

  #readHead(events: AnswerEvent[]): boolean {
    const found = head.exec(this.#held);
    if (found !== null) {
      events.push({ kind: "call", index: this.calls++, name: JSON.parse(found[1]!) as string });
      this.#held = this.#held.slice(found[0].length - 1);
      this.#arguments = new JsonValueEnd();
      this.#state = "arguments";
      return true;
    }
    const end = this.#held.indexOf(callEnd);
    if (end < 0) return false;
    // Not a call that can be understood: the client sees what the model wrote.
    const whole = end + callEnd.length;
    events.push({ kind: "text", text: callStart + this.#held.slice(0, whole) });
    this.#held = this.#held.slice(whole);
    this.#state = "text";
    return true;
  }

  #readArguments(events: AnswerEvent[]): boolean {
    const end = this.#arguments.find(this.#held);
    const text = end === null ? this.#held : this.#held.slice(0, end);
    if (text !== "") events.push({ kind: "arguments", index: this.calls - 1, text });
    this.#held = this.#held.slice(text.length);
    if (end === null) return false;
    this.#state = "tail";
    return true;
  }

  #readTail(): boolean {
    const end = this.#held.indexOf(callEnd);
    if (end < 0) return false;
    this.#held = this.#held.slice(end + callEnd.length);
    this.#state = "text";
    return true;
  }

  #visible(text: string): AnswerEvent[] {
    return text === "" || (this.calls > 0 && text.trim() === "") ? [] : [{ kind: "text", text }];
  }
}

/** Finds the end of a JSON object in a text that arrives in pieces. */
class JsonValueEnd {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Index behind the closing bracket in this piece, or null when it is not there. */
  find(piece: string): number | null {
    for (let index = 0; index < piece.length; index++) {
      const character = piece[index]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (character === "\\") this.#escaped = true;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === "{" || character === "[") this.#depth++;
      else if (character === "}" || character === "]") {
        if (--this.#depth <= 0) return index + 1;
      }
    }
    return null;
  }
}
