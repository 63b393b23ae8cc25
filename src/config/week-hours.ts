/** Hours of the week as people write them: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`, `22:00-6:00` (every night). */
import { minutesPerDay, minutesPerWeek, type WeekHours } from "../domain/week-hours.ts";

type Range = WeekHours["ranges"][number];

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const part = /^(?:([a-z]{3})(?:-([a-z]{3}))? +)?(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/i;

/** Null where the text is none. Hours that end before they begin end on the next day. */
export function parseWeekHours(text: string): Range[] | null {
  const ranges: Range[] = [];
  for (const piece of text.split(",")) {
    const found = rangesOf(piece.trim());
    if (found === null) return null;
    ranges.push(...found);
  }
  return merged(ranges.flatMap(withinWeek));
}

function rangesOf(piece: string): Range[] | null {
  const match = part.exec(piece);
  if (match === null) return null;
  const [, first, last, ...times] = match;
  const [hour, minute, endHour, endMinute] = times.map(Number) as [number, number, number, number];
  const from = hour * 60 + minute;
  const end = endHour * 60 + endMinute;
  if (minute > 59 || endMinute > 59 || from >= minutesPerDay || end > minutesPerDay || from === end) return null;
  const to = end > from ? end : end + minutesPerDay;
  return (
    daysOf(first, last)?.map((day) => ({ from: day * minutesPerDay + from, to: day * minutesPerDay + to })) ?? null
  );
}

/** 0 = Monday. `Fri-Mon` goes over the end of the week. */
function daysOf(first: string | undefined, last = first): number[] | null {
  if (first === undefined || last === undefined) return days.map((_, day) => day);
  const [from, to] = [days.indexOf(first.toLowerCase()), days.indexOf(last.toLowerCase())];
  if (from < 0 || to < 0) return null;
  return Array.from(
    { length: ((to - from + days.length) % days.length) + 1 },
    (_, next) => (from + next) % days.length,
  );
}

/** What goes over the end of the week begins it. */
function withinWeek({ from, to }: Range): Range[] {
  if (to <= minutesPerWeek) return [{ from, to }];
  return [
    { from, to: minutesPerWeek },
    { from: 0, to: to - minutesPerWeek },
  ];
}

/** In order, those that touch or overlap as one. */
function merged(ranges: Range[]): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** True for an IANA name that this Node knows, aliases too. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
