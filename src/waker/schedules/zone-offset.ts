/** How far a time zone's clocks are ahead of UTC, and when they jump: by Intl, which knows the IANA rules. Pure. */

const formats = new Map<string | null, Intl.DateTimeFormat>();

function formatOf(zone: string | null): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const digits = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en", {
    ...(zone === null ? {} : { timeZone: zone }),
    ...{ calendar: "iso8601", hourCycle: "h23", era: undefined, second: "numeric", ...digits },
  });
  formats.set(zone, format);
  return format;
}

/** Seconds ahead of UTC at this instant (seconds since the epoch); `zone` null is the machine's own. */
export function offsetSeconds(zone: string | null, at: number): number {
  const whole = Math.floor(at);
  const parts = formatOf(zone).formatToParts(whole * 1000);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)!.value);
  const wall = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return wall / 1000 - whole;
}

/** Two changes within this are not looked for: no zone has them. */
const stride = 86_400 / 2;

/** The first whole seconds after `from` and up to about `to` at which the offset is another than just before. */
export function offsetChanges(zone: string | null, from: number, to: number): number[] {
  const changes: number[] = [];
  for (let start = Math.floor(from); start < to; start += stride) {
    if (offsetSeconds(zone, start) === offsetSeconds(zone, start + stride)) continue;
    changes.push(jumpBetween(zone, start, start + stride));
  }
  return changes;
}

function jumpBetween(zone: string | null, from: number, to: number): number {
  const before = offsetSeconds(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetSeconds(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
