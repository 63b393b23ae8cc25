/** Hours of the week, as a clock on the wall of some place shows them. */
export interface WeekHours {
  /** Minutes since Monday 0:00, the end not included; within one week and in order. */
  ranges: { from: number; to: number }[];
  /** IANA name of the time zone; null = the machine's own. */
  zone: string | null;
}

export const minutesPerDay = 24 * 60;
export const minutesPerWeek = 7 * minutesPerDay;
