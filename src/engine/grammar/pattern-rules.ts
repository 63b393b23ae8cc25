/** A pattern in GBNF, as its strings stand in JSON; where a character has several spellings there, its usual one. */
import { type Pattern, type PatternNode, parsePattern } from "./pattern.ts";

export interface PatternRule {
  /** What stands between the quotes. */
  text: string;
  /** Characters of the strings that it takes; `most` null where there is no end. */
  least: number;
  most: number | null;
}

/** llama.cpp unrolls repetitions, those within others too. */
const longestUnrolled = 5000;

/** Null where a grammar cannot say it. */
export function patternRule(source: string): PatternRule | null {
  const pattern = parsePattern(source);
  if (pattern === null || unrolled(pattern.node) > longestUnrolled) return null;
  const { least, most } = lengthOf(pattern.node);
  const open = !pattern.fromStart || !pattern.toEnd;
  const text = textOf(pattern);
  return text === null ? null : { text, least, most: open ? null : most };
}

function textOf({ node, fromStart, toEnd }: Pattern): string | null {
  const inner = written(node);
  return inner === null ? null : `${fromStart ? "" : "codepoint* "}${inner}${toEnd ? "" : " codepoint*"}`;
}

/** Null where nothing that it takes can be written. */
function written(node: PatternNode): string | null {
  switch (node.kind) {
    case "class":
      return node.negated ? unlike(node.ranges) : oneOf(node.ranges);
    case "sequence": {
      const parts = node.nodes.map(written);
      return parts.includes(null) ? null : parts.length === 0 ? '""' : parts.join(" ");
    }
    case "either": {
      const parts = node.nodes.map(written).filter((part) => part !== null);
      return parts.length === 0 ? null : `(${parts.join(" | ")})`;
    }
    case "repeat": {
      const inner = written(node.node);
      if (inner === null) return node.least === 0 ? '""' : null;
      return `(${inner}){${node.least},${node.most ?? ""}}`;
    }
  }
}

/** How many characters stand in the grammar once its repetitions are written out. */
function unrolled(node: PatternNode): number {
  if (node.kind === "class") return 1;
  if (node.kind === "repeat") return (node.most ?? node.least + 1) * unrolled(node.node);
  return node.nodes.reduce((sum, inner) => sum + unrolled(inner), 0);
}

function lengthOf(node: PatternNode): { least: number; most: number | null } {
  switch (node.kind) {
    case "class":
      return { least: 1, most: 1 };
    case "sequence":
      return node.nodes.map(lengthOf).reduce(
        (sum, { least, most }) => ({
          least: sum.least + least,
          most: sum.most === null || most === null ? null : sum.most + most,
        }),
        { least: 0, most: 0 },
      );
    case "either": {
      const lengths = node.nodes.map(lengthOf);
      const ends = lengths.map(({ most }) => most);
      return {
        least: Math.min(...lengths.map(({ least }) => least)),
        most: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
      };
    }
    case "repeat": {
      const { least, most } = lengthOf(node.node);
      const end = most === 0 || node.most === 0 ? 0 : most === null || node.most === null ? null : most * node.most;
      return { least: least * node.least, most: end };
    }
  }
}

const quote = 0x22;
const backslash = 0x5c;
/** Control characters have escapes of their own in JSON. */
const escapes: Record<number, string> = { 8: "b", 9: "t", 10: "n", 12: "f", 13: "r" };
/** Halves of characters cannot be written. */
const surrogates: [number, number] = [0xd800, 0xdfff];
const lastCode = 0x10ffff;

function oneOf(ranges: [number, number][]): string | null {
  const plain = ranges.flatMap(([from, to]) => without(from, to));
  const special = [
    ...(has(ranges, quote) ? ['"\\\\\\""'] : []),
    ...(has(ranges, backslash) ? ['"\\\\\\\\"'] : []),
    ...Object.entries(escapes).flatMap(([code, letter]) => (has(ranges, Number(code)) ? [`"\\\\${letter}"`] : [])),
  ];
  const options = [...(plain.length === 0 ? [] : [`[${plain.map(span).join("")}]`]), ...special];
  if (options.length === 0) return null;
  return options.length === 1 ? options[0]! : `(${options.join(" | ")})`;
}

function unlike(ranges: [number, number][]): string {
  return `[^"\\\\\\x7F\\x00-\\x1F${ranges
    .flatMap(([from, to]) => without(from, to))
    .map(span)
    .join("")}]`;
}

function has(ranges: [number, number][], code: number): boolean {
  return ranges.some(([from, to]) => from <= code && code <= to);
}

/** The parts of a range that stand for themselves in JSON. */
function without(from: number, to: number): [number, number][] {
  const holes: [number, number][] = [[0, 0x1f], [quote, quote], [backslash, backslash], [0x7f, 0x7f], surrogates];
  const parts: [number, number][] = [];
  let start = from;
  for (const [first, last] of holes) {
    if (first > start) parts.push([start, Math.min(to, first - 1)]);
    start = Math.max(start, last + 1);
    if (start > to) return parts.filter(([a, b]) => a <= b);
  }
  return [...parts, [start, Math.min(to, lastCode)] as [number, number]].filter(([a, b]) => a <= b);
}

function span([from, to]: [number, number]): string {
  return from === to ? character(from) : `${character(from)}-${character(to)}`;
}

function character(code: number): string {
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
