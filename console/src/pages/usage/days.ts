/** The day so many days before another, as `2026-11-25`, by the reader's own calendar. */
export function daysBefore(day: Date, days: number): string {
  const then = new Date(day.getFullYear(), day.getMonth(), day.getDate() - days);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}
