/** Durations as people write them: `20m`, `240s`, `1h30m`, `500ms`, `0`. */

const unitSeconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gy;

/** The same as one pattern, for the JSON Schema. */
export const durationPattern = /^(0|(\d+(\.\d+)?(ms|s|m|h|d))+)$/;

/** Seconds, or null where the text is no duration. */
export function parseDuration(text: string): number | null {
  if (!durationPattern.test(text)) return null;
  let milliseconds = 0;
  for (const [, amount, unit] of text.matchAll(part)) milliseconds += Number(amount) * unitSeconds[unit!]! * 1000;
  const seconds = Math.round(milliseconds) / 1000;
  return seconds <= Number.MAX_SAFE_INTEGER / 1000 ? seconds : null;
}

/** The shortest way to write a duration; `parseDuration` gives the same seconds back. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  if (rest === 0) return "0";
  let text = "";
  for (const unit of ["d", "h", "m", "s", "ms"]) {
    const size = unitSeconds[unit]! * 1000;
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text;
}
