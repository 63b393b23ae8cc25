/**
 * The tool calls of an answer, put together from their pieces. A piece belongs to a call by its index and by its id;
 * engines leave out or repeat either, so neither alone is enough:
 * - an id that was seen continues its call, whatever the index; the same id at another index with a name is another call;
 * - of one index, a new id with a name begins a call, and so does a name that cannot belong to the one that is there;
 * - an index without id or name continues its latest call.
 */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { CallArguments } from "./call-arguments.ts";
import type { CallContext } from "./call-context.ts";
import { CallName } from "./call-name.ts";
import type { ChatEvent } from "./events.ts";
import { FreshIds, idIn } from "./fresh-ids.ts";

/** Calls begin in the order of their indexes; their arguments may be interleaved. `whole`: no more of them will come. */
export type CallEvent = Extract<ChatEvent, { kind: "call" | "arguments" }> | { kind: "whole"; index: number };

interface Call {
  /** The engine's, or its place in the list where it has none. */
  key: number;
  id: string | null;
  name: CallName;
  given: CallArguments;
  /** Ours, once it has begun for the client. */
  index: number | null;
  /** Arguments that came before that. */
  waiting: string;
  closed: boolean;
  /** Begun by a name that may have been the last call's once more: only arguments make it a call. */
  tentative: boolean;
}

interface Piece {
  /** Null where the engine gives none. */
  index: number | null;
  /** It, or the place in the list. */
  key: number;
  id: string | null;
  name: string | null;
  given: unknown;
}

export class ToolCalls {
  readonly #context: CallContext;
  readonly #calls: Call[] = [];
  readonly #ids: FreshIds;
  #begun = 0;

  constructor(context: CallContext) {
    this.#context = context;
    this.#ids = new FreshIds(context);
  }

  /** How many have begun for the client. */
  get count(): number {
    return this.#begun;
  }

  /** `pieces`: `tool_calls` of a message, or of a delta of it. Returns what each of them means. */
  take(pieces: JsonObject[]): CallEvent[][] {
    const here = new Set<Call>();
    return pieces.map((given, place) => {
      const piece = pieceOf(given, place);
      const call = this.#callOf(piece, here);
      here.add(call);
      return this.#add(call, piece);
    });
  }

  /** No more will come. `cutOff`: the answer ran into its limit. */
  end(cutOff: boolean): CallEvent[] {
    return this.#calls.flatMap((call) => {
      const { begun } = call.given;
      if (call.closed || call.name.text === "") return [];
      if (call.index === null && !begun && (call.tentative || cutOff)) return [];
      call.waiting += call.given.close(cutOff);
      return [...this.#begin(call), ...this.#say(call), ...this.#close(call)];
    });
  }

  #add(call: Call, { id, name, given }: Piece): CallEvent[] {
    call.id ??= id;
    if (name !== null && !call.given.begun) call.name.add(name);
    call.waiting += call.given.take(given);
    const events: CallEvent[] = [];
    // Calls begin in their order: one whose name is not clear yet holds those after it.
    for (const one of this.#calls) {
      if (one.index === null && !isVague(one)) {
        if (!isClear(one)) return events;
        events.push(...this.#begin(one));
      }
      if (one.index === null || (one !== call && one.waiting === "")) continue;
      events.push(...this.#say(one), ...(one.given.whole ? this.#close(one) : []));
    }
    return events;
  }

  #begin(call: Call): CallEvent[] {
    if (call.index !== null) return [];
    call.index = this.#begun++;
    const id = this.#ids.of(call.id, call.index);
    return [{ kind: "call", index: call.index, id, name: call.name.text }];
  }

  #say(call: Call): CallEvent[] {
    const text = call.waiting;
    call.waiting = "";
    return text === "" ? [] : [{ kind: "arguments", index: call.index!, text }];
  }

  #close(call: Call): CallEvent[] {
    if (call.closed) return [];
    call.closed = true;
    return [{ kind: "whole", index: call.index! }];
  }

  /** `here`: calls that this delta has had a piece of. */
  #callOf(piece: Piece, here: Set<Call>): Call {
    const found = this.#found(piece);
    return found !== undefined && continues(found, piece, here) ? found : this.#new(piece);
  }

  #found({ id, index, key, name, given }: Piece): Call | undefined {
    const last = this.#calls.findLast((call) => call.key === key);
    if (id === null) {
      // An index that grows with each piece says nothing.
      const strays = last === undefined && name === null && !isBlank(given);
      return strays ? this.#calls.findLast((call) => !call.given.whole) : last;
    }
    const own = this.#calls.findLast((call) => call.id === id && (index === null || call.key === key));
    const elsewhere = name === null ? this.#calls.findLast((call) => call.id === id) : undefined;
    if (own !== undefined || elsewhere !== undefined) return own ?? elsewhere;
    // Some engines make up an id for each piece; only with a name it is another call's.
    const isOther = last !== undefined && last.id !== null && (name !== null || last.given.whole);
    return isOther ? undefined : last;
  }

  #new({ name, id, key }: Piece): Call {
    const before = this.#calls.findLast((call) => call.key === key);
    const again = name !== null && before?.given.whole === true && before.name.equals(name);
    const call: Call = {
      ...{ key, id: null, index: null, waiting: "", closed: false },
      name: new CallName(this.#context.tools),
      given: new CallArguments(),
      tentative: again && (id === null || id === before.id),
    };
    this.#calls.push(call);
    return call;
  }
}

/** Its name will not change any more. */
function isClear({ name, given }: Call): boolean {
  return name.known || (given.begun && name.text !== "");
}

/** It may not be a call at all. */
function isVague({ name, given, tentative }: Call): boolean {
  return name.text === "" || (tentative && !given.begun);
}

/** Without a name a piece always does; with one, where that is the call's own, said again or in pieces. */
function continues(call: Call, { id, name, given }: Piece, here: Set<Call>): boolean {
  if (name === null) return true;
  if (here.has(call) && call.name.known) return false;
  if (!call.given.begun) return call.name.fits(name);
  if (!call.name.equals(name)) return false;
  return !call.given.whole || (id !== null && id === call.id && call.given.repeats(given));
}

function pieceOf(given: JsonObject, place: number): Piece {
  const called = isObject(given.function) ? given.function : given;
  const index = indexOf(given.index);
  const { id } = given;
  return {
    index,
    key: index ?? place,
    id: idIn(id),
    name: typeof called.name === "string" && called.name !== "" ? called.name : null,
    given: called.arguments,
  };
}

function indexOf(given: unknown): number | null {
  const index = typeof given === "string" && given !== "" ? Number(given) : given;
  return typeof index === "number" && Number.isInteger(index) ? index : null;
}

function isBlank(given: unknown): boolean {
  return given === undefined || given === null || given === "";
}
