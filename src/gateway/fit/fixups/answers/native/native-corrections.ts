/** What an answer in the client's own words is corrected with: what both of its APIs have in common. */
import { FreshIds, idIn } from "../../../../dialects/chat/fresh-ids.ts";
import type { WrittenCall } from "../call-formats/format.ts";
import { CallText } from "../call-text.ts";
import { callsFromText } from "../calls-from-text.ts";
import { mendCalls } from "../mend-calls.ts";
import type { NativeRequest } from "./native-request.ts";

export interface WrittenWords {
  words: string;
  calls: WrittenCall[];
}

export interface NamedCall extends WrittenCall {
  id: string;
}

export class NativeCorrections {
  readonly #asked: () => NativeRequest;
  readonly #readsText: boolean;
  readonly #changed: (name: string) => void;
  readonly #noted = new Set<string>();
  #request: NativeRequest | null = null;
  #ids: FreshIds | null = null;
  #calls = 0;
  /** The engine has understood a call itself: then it understands them all. */
  #ownCalls = false;

  /**
   * `asked`: called only where it is needed. `readsText`: the model writes calls that engines miss. `changed` is called
   * once for each fixup.
   */
  constructor(asked: () => NativeRequest, readsText: boolean, changed: (name: string) => void) {
    this.#asked = asked;
    this.#readsText = readsText;
    this.#changed = changed;
  }

  /** How many the client is told of, the engine's own among them. */
  get calls(): number {
    return this.#calls;
  }

  get changed(): boolean {
    return this.#noted.size > 0;
  }

  /** For one piece of text of the answer; null where it stays what it is. */
  reader(): CallText | null {
    if (!this.#readsText || this.#ownCalls) return null;
    const { tools, mayCall } = this.#requested();
    return mayCall && tools.size > 0 ? new CallText(tools) : null;
  }

  /** A call that the model wrote into its text. */
  written(call: WrittenCall): NamedCall {
    this.#note(callsFromText.name);
    return { ...call, id: this.#freshId(null) };
  }

  /** The id of a call that the engine understood. */
  ownId(given: unknown): string {
    this.#ownCalls = true;
    const id = this.#freshId(idIn(given));
    if (id !== given) this.mended();
    return id;
  }

  mended(): void {
    this.#note(mendCalls.name);
  }

  #freshId(given: string | null): string {
    this.#ids ??= new FreshIds(this.#requested());
    return this.#ids.of(given, this.#calls++);
  }

  #requested(): NativeRequest {
    this.#request ??= this.#asked();
    return this.#request;
  }

  #note(name: string): void {
    if (!this.#noted.has(name)) this.#changed(name);
    this.#noted.add(name);
  }
}

/** The words of a text, and the calls in it, apart. */
export function wordsAndCalls(pieces: ReturnType<CallText["push"]>): WrittenWords {
  return {
    words: pieces.map((piece) => ("words" in piece ? piece.words : "")).join(""),
    calls: pieces.flatMap((piece) => ("call" in piece ? [piece.call] : [])),
  };
}

/** The same of a text that is whole. */
export function readWhole(reader: CallText, text: string): WrittenWords {
  return wordsAndCalls([...reader.push(text), ...reader.end()]);
}
