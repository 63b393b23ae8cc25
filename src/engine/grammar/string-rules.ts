/** A schema for strings in GBNF. */
import { formatRules } from "./formats.ts";
import { patternRule } from "./pattern-rules.ts";
import type { Schema } from "./schema.ts";

/** llama.cpp unrolls repetitions. */
const longestRepetition = 1000;

export interface StringRule {
  text: string;
  /** Keywords that hold only by chance. */
  left: string[];
}

/** Formats that say nothing about the characters. */
const anyText = new Set(["text", "textarea", "password"]);

export function stringRule({ format, pattern, minLength, maxLength }: Schema): StringRule {
  const least = typeof minLength === "number" ? Math.max(0, Math.ceil(minLength)) : 0;
  const most = typeof maxLength === "number" ? Math.floor(maxLength) : null;
  const isFormat = typeof format === "string" && !anyText.has(format);
  if (typeof pattern === "string") return patterned(pattern, least, most, isFormat ? ["format"] : []);
  const known = isFormat && Object.hasOwn(formatRules, format) ? formatRules[format]! : null;
  if (known !== null) {
    const left = [...(least > 0 ? ["minLength"] : []), ...(most === null ? [] : ["maxLength"])];
    return { text: quoted(`(${known})`), left };
  }
  return { ...lengths(least, most), ...(isFormat ? { left: ["format", ...lengths(least, most).left] } : {}) };
}

function patterned(source: string, least: number, most: number | null, left: string[]): StringRule {
  const rule = patternRule(source);
  if (rule === null) {
    const { text, left: more } = lengths(least, most);
    return { text, left: ["pattern", ...left, ...more] };
  }
  const short = rule.least < least ? ["minLength"] : [];
  const long = most !== null && (rule.most === null || rule.most > most) ? ["maxLength"] : [];
  return { text: quoted(rule.text), left: [...left, ...short, ...long] };
}

function lengths(least: number, most: number | null): StringRule {
  if (least === 0 && most === null) return { text: "string", left: [] };
  const from = Math.min(least, longestRepetition);
  const isLong = most !== null && most > longestRepetition;
  const to = most === null || isLong ? "" : most;
  const left = [...(least > longestRepetition ? ["minLength"] : []), ...(isLong ? ["maxLength"] : [])];
  return { text: quoted(`codepoint{${from},${to}}`), left };
}

function quoted(text: string): string {
  return `"\\"" ${text} "\\""`;
}
