/** Numbers between two bounds in GBNF, digit by digit. No exponents: `1e3` would have to be worked out. */

export interface Bounds {
  /** Null where there is none. */
  least: number | null;
  most: number | null;
  /** The bound itself is not among them. */
  aboveLeast: boolean;
  belowMost: boolean;
}

/** As JSON writes them without loss; a model that goes on writing digits must come to an end. */
const mostDigits = 16;
const mostDecimals = 15;

/** A number without its sign: what stands before the point, and what behind it without zeros at the end. */
interface Decimal {
  whole: string;
  part: string;
}

interface Edge {
  at: Decimal;
  /** The edge is among them. */
  included: boolean;
}

/** Null where no number is between them. `decimals`: how many there may be at most; 0 = whole numbers. */
export function numbersBetween(bounds: Bounds, decimals: number = mostDecimals): string | null {
  const { least, most, aboveLeast, belowMost } = bounds;
  if (least !== null && most !== null && (least > most || (least === most && (aboveLeast || belowMost)))) return null;
  const zero: Edge = { at: { whole: "0", part: "" }, included: true };
  const low = edge(least, !aboveLeast);
  const high = edge(most, !belowMost);
  const nearest = least === null || low === null || least < 0 ? zero : low;
  const positive = most !== null && most < 0 ? null : between(nearest, high, decimals);
  // A negative number's distance from zero: its bounds change places.
  const away = most === null || high === null || most > 0 ? zero : high;
  const negative = least !== null && least >= 0 ? null : between(away, low, decimals);
  const both = [...(positive === null ? [] : [positive]), ...(negative === null ? [] : [`"-" (${negative})`])];
  return both.length === 0 ? null : both.join(" | ");
}

function edge(bound: number | null, included: boolean): Edge | null {
  if (bound === null) return null;
  const [whole = "0", part = ""] = plain(Math.abs(bound)).split(".");
  return { at: { whole, part: withoutZeros(part) }, included };
}

/** Zeros at the end of what stands behind the point say nothing. */
function withoutZeros(part: string): string {
  let { length } = part;
  while (length > 0 && part[length - 1] === "0") length--;
  return part.slice(0, length);
}

/** Without an exponent. */
function plain(value: number): string {
  const [digits = "", exponent = "0"] = String(value).split("e");
  const [whole = "", part = ""] = digits.split(".");
  const shift = Number(exponent);
  if (shift === 0) return digits;
  if (shift < 0) return `0.${"0".repeat(-shift - 1)}${whole}${part}`;
  return (whole + part).padEnd(whole.length + shift, "0");
}

/** Not negative. `end`: null where there is none. */
function between(low: Edge, end: Edge | null, decimals: number): string | null {
  const isFar = end !== null && end.at.whole.length > mostDigits && low.at.whole.length <= mostDigits;
  // Nothing that is written here reaches as far.
  const high = isFar ? null : end;
  const tail = decimals === 0 ? "" : ` ("." [0-9]{1,${decimals}})?`;
  const options: (string | null)[] = [];
  if (high !== null && low.at.whole === high.at.whole) {
    options.push(withPart(low.at.whole, partBetween(low, high, decimals)));
  } else {
    const next = String(BigInt(low.at.whole) + 1n);
    const last = high === null ? null : String(BigInt(high.at.whole) - 1n);
    options.push(withPart(low.at.whole, partFrom(low, decimals)));
    if (last === null || BigInt(next) <= BigInt(last)) options.push(`(${wholeBetween(next, last)})${tail}`);
    if (high !== null) options.push(withPart(high.at.whole, partTo(high, decimals)));
  }
  const possible = options.filter((option) => option !== null);
  return possible.length === 0 ? null : possible.join(" | ");
}

/** What may stand behind the point, "" for nothing with no point; null where there is nothing at all. */
type Parts = { none: boolean; some: string | null };

function withPart(whole: string, { none, some }: Parts): string | null {
  const options = [...(none ? [`"${whole}"`] : []), ...(some === null ? [] : [`"${whole}." (${some})`])];
  return options.length === 0 ? null : options.join(" | ");
}

function partFrom({ at: { part }, included }: Edge, decimals: number): Parts {
  return {
    none: part === "" && included,
    some: decimals < Math.max(1, part.length) ? null : digitsFrom(part, included, decimals),
  };
}

function partTo({ at: { part }, included }: Edge, decimals: number): Parts {
  return {
    none: part !== "" || included,
    some: decimals < Math.max(1, part.length) ? null : digitsTo(part, included, decimals),
  };
}

function partBetween(low: Edge, high: Edge, decimals: number): Parts {
  const { none } = partFrom(low, decimals);
  const length = Math.max(low.at.part.length, high.at.part.length);
  if (decimals < Math.max(1, length)) return { none: none && partTo(high, decimals).none, some: null };
  return {
    none: none && partTo(high, decimals).none,
    some: digitsBetween(
      low.at.part.padEnd(length, "0"),
      high.at.part.padEnd(length, "0"),
      low.included,
      high.included,
      decimals,
    ),
  };
}

/** Digits behind the point that are as much as `part` or more. `room`: how many may be written. */
function digitsFrom(part: string, included: boolean, room: number): string | null {
  if (part === "") return included ? some(room) : `"0"{0,${room - 1}} [1-9] ${any(room - 1)}`;
  const first = Number(part[0]);
  const rest = digitsFromRest(part.slice(1), included, room - 1);
  const options = [
    ...(first < 9 ? [`[${first + 1}-9] ${any(room - 1)}`] : []),
    ...(rest === null ? [] : [`"${first}" ${rest}`]),
  ];
  return options.length === 0 ? null : options.join(" | ");
}

/** As above, behind other digits: there may be none. */
function digitsFromRest(part: string, included: boolean, room: number): string | null {
  if (part === "" && included) return any(room);
  if (room < 1) return null;
  const inner = digitsFrom(part, included, room);
  return inner === null ? null : `(${inner})`;
}

/** Digits behind the point that are as much as `part` or less. */
function digitsTo(part: string, included: boolean, room: number): string | null {
  if (part === "") return included ? `"0"{1,${room}}` : null;
  const first = Number(part[0]);
  const rest = digitsToRest(part.slice(1), included, room - 1);
  const options = [
    ...(first > 0 ? [`[0-${first - 1}] ${any(room - 1)}`] : []),
    ...(rest === null ? [] : [`"${first}" ${rest}`]),
  ];
  return options.length === 0 ? null : options.join(" | ");
}

function digitsToRest(part: string, included: boolean, room: number): string | null {
  if (/^0*$/.test(part)) return included ? `"0"{0,${room}}` : null;
  const inner = digitsTo(part, included, room);
  return inner === null ? '""' : `(${inner})?`;
}

/** Both of the same length. */
function digitsBetween(low: string, high: string, lowIn: boolean, highIn: boolean, room: number): string | null {
  if (low === "") return lowIn && highIn ? `"0"{0,${room}}` : null;
  const [from, to] = [Number(low[0]), Number(high[0])];
  if (from === to) {
    const rest = digitsBetween(low.slice(1), high.slice(1), lowIn, highIn, room - 1);
    return rest === null ? null : `"${from}" (${rest})`;
  }
  const bottom = digitsFromRest(low.slice(1), lowIn, room - 1);
  const top = digitsToRest(high.slice(1), highIn, room - 1);
  const options = [
    ...(bottom === null ? [] : [`"${from}" ${bottom}`]),
    ...(to - from > 1 ? [`[${from + 1}-${to - 1}] ${any(room - 1)}`] : []),
    ...(top === null ? [] : [`"${to}" ${top}`]),
  ];
  return options.length === 0 ? null : options.join(" | ");
}

function some(room: number): string {
  return `[0-9]{1,${room}}`;
}

function any(room: number): string {
  return room < 1 ? '""' : `[0-9]{0,${room}}`;
}

/** Whole numbers without a sign and without zeros before them; `high` null where there is no end. */
function wholeBetween(low: string, high: string | null): string {
  const longest = high === null ? Math.max(mostDigits, low.length) : high.length;
  const options: string[] = [];
  for (let length = low.length; length <= longest; length++) {
    const from = length === low.length ? low : `1${"0".repeat(length - 1)}`;
    const to = high !== null && length === high.length ? high : "9".repeat(length);
    options.push(sameLength(from, to));
  }
  return options.join(" | ");
}

function sameLength(low: string, high: string): string {
  if (low === high) return `"${low}"`;
  if (/^0*$/.test(low) && /^9*$/.test(high)) return `[0-9]{${low.length}}`;
  const [from, to] = [Number(low[0]), Number(high[0])];
  const [lowRest, highRest] = [low.slice(1), high.slice(1)];
  if (lowRest === "") return `[${from}-${to}]`;
  if (from === to) return `"${from}" (${sameLength(lowRest, highRest)})`;
  const zeros = "0".repeat(lowRest.length);
  const nines = "9".repeat(lowRest.length);
  const first = lowRest === zeros ? from : from + 1;
  const last = highRest === nines ? to : to - 1;
  return [
    ...(first > from ? [`"${from}" (${sameLength(lowRest, nines)})`] : []),
    ...(first <= last ? [`[${first}-${last}] [0-9]{${lowRest.length}}`] : []),
    ...(last < to ? [`"${to}" (${sameLength(zeros, highRest)})`] : []),
  ].join(" | ");
}
