/** Sets of tool calls, and every way in which engines are known to send them. */
import fc from "fast-check";

export interface PlainCall {
  name: string;
  input: Record<string, unknown>;
}

export const offered = ["read", "read_file", "write", "ls"];
export const offeredTools = offered.map((name) => ({
  type: "function",
  function: { name, description: name, parameters: { type: "object", properties: {} } },
}));

export interface SentCalls {
  calls: PlainCall[];
  /** `tool_calls` of the deltas of a stream, one after the other. */
  deltas: object[][];
  /** `tool_calls` of a whole message. */
  message: object[];
}

type Piece = Record<string, unknown>;

const input = fc.dictionary(
  fc.string({ maxLength: 6 }).filter((name) => name !== "__proto__"),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  { maxKeys: 3 },
);
const call: fc.Arbitrary<PlainCall> = fc.record({ name: fc.constantFrom(...offered), input });

/**
 * `indexed`: with an index of its own each, pieces interleaved, ids of all sorts. `identified`: one index for all, told
 * apart by an id in every piece. `successive`: one index for all or none, an id where a call begins. `listed`: each at
 * once, with one index for all and no ids.
 */
const style = fc.constantFrom("indexed", "identified", "successive", "listed");

export const sentCalls: fc.Arbitrary<SentCalls> = fc
  .record({ calls: fc.array(call, { minLength: 1, maxLength: 4 }), style, random: fc.infiniteStream(fc.nat(1000)) })
  .map(({ calls, style: how, random }) => {
    const chance = (below: number): number => (random.next().value as number) % below;
    const own = calls.map((one, index) => (how === "listed" ? [alone(one)] : piecesOf(one, index, how, chance)));
    const order = how === "successive" || how === "listed" ? own.flat() : interleaved(own, chance);
    return {
      calls,
      deltas: grouped(order, how, chance),
      message: calls.map((one, index) => atOnce(one, index, chance)),
    };
  });

function piecesOf(
  { name, input: given }: PlainCall,
  index: number,
  how: string,
  chance: (below: number) => number,
): Piece[] {
  const id = how === "indexed" ? [`call_${index}`, index, "same", undefined, null, ""][chance(6)] : `call_${index}`;
  const place = how === "indexed" ? { index } : chance(2) === 0 ? { index: 0 } : {};
  const again = how === "identified" || (id !== undefined && chance(3) === 0) ? { id } : {};
  const repeats = chance(4) === 0;
  const texts = argumentsOf(given, chance);
  const parts = how === "indexed" && !repeats && chance(3) === 0 ? cut(name, chance) : [name];
  // A tool's name is whole where it could also begin another's.
  const names = parts.some((_, at) => at > 0 && offered.includes(parts.slice(0, at).join(""))) ? [name] : parts;
  const [first, ...rest] = names.map(
    (text): Piece => ({ ...place, ...again, function: { name: text, arguments: "" } }),
  );
  const args = texts.map(
    (text): Piece => ({ ...place, ...again, function: { ...(repeats ? { name } : {}), arguments: text } }),
  );
  const head: Piece = { ...first, id, type: "function" };
  if (names.length === 1 && args.length > 0 && chance(2) === 0) {
    const [{ function: called } = { function: {} }, ...others] = args as { function: object }[];
    return [{ ...head, function: { ...called, name } }, ...(others as Piece[])];
  }
  return [head, ...rest, ...args];
}

function alone({ name, input: given }: PlainCall): Piece {
  return { index: 0, type: "function", function: { name, arguments: JSON.stringify(given) } };
}

/** As text in pieces, as an object, encoded twice; of a call without arguments maybe nothing. */
function argumentsOf(given: object, chance: (below: number) => number): unknown[] {
  const text = JSON.stringify(given);
  if (text === "{}" && chance(2) === 0) return [["null"], [null], [""], [], [" "]][chance(5)]!;
  const way = chance(8);
  if (way === 0) return [given];
  return cut(way === 1 ? JSON.stringify(text) : text, chance);
}

function cut(text: string, chance: (below: number) => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + chance(Math.max(1, text.length));
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Calls begin in their order; from there on whoever has pieces left may be next. */
function interleaved(lists: Piece[][], chance: (below: number) => number): Piece[] {
  const left = lists.map((pieces) => [...pieces]);
  const result: Piece[] = [];
  for (let begun = 0; left.some(({ length }) => length > 0); ) {
    const open = left.slice(0, begun).filter(({ length }) => length > 0);
    if (begun < left.length && (open.length === 0 || chance(3) === 0)) result.push(left[begun++]!.shift()!);
    else result.push(open[chance(open.length)]!.shift()!);
  }
  return result;
}

/** Several pieces in one delta, where each says whose it is. */
function grouped(pieces: Piece[], how: string, chance: (below: number) => number): Piece[][] {
  const deltas: Piece[][] = [];
  for (const piece of pieces) {
    const last = deltas.at(-1);
    if (last !== undefined && joins(last, piece, how) && chance(3) === 0) last.push(piece);
    else deltas.push([piece]);
  }
  return deltas;
}

/** Two pieces with a name and one index in one delta are two calls. */
function joins(delta: Piece[], { index, function: called }: Piece, how: string): boolean {
  const named = (called as { name?: string }).name !== undefined;
  return how === "indexed" ? !(named && delta.some((one) => one.index === index)) : how === "listed";
}

function atOnce({ name, input: given }: PlainCall, index: number, chance: (below: number) => number): object {
  const id = [`call_${index}`, index, "same", undefined, null][chance(5)];
  const text = JSON.stringify(given);
  const empty = text === "{}" ? [null, "", "null", undefined][chance(4)] : text;
  const encoded = [text, given, JSON.stringify(text), empty][chance(4)];
  return { id, type: "function", function: { name, arguments: encoded } };
}
