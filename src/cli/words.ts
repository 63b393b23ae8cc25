/** Figures as people read them. */

/** `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return two(whole, 60, "min", 1, "s");
  if (whole < 86_400) return two(whole, 3600, "h", 60, "min");
  return two(whole, 86_400, "d", 3600, "h");
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

/** `0.3 GiB`, `75 GiB`. */
export function gibibytes(value: number): string {
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} GiB`;
}

/** `950`, `12.3k`, `1.2M`. */
export function count(value: number): string {
  for (const [size, unit] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (value >= size) return `${trimmed(value / size)}${unit}`;
  }
  return String(value);
}

function trimmed(value: number): string {
  return value < 100 ? String(Math.floor(value * 10) / 10) : String(Math.floor(value));
}
