/** Numbers, times and sizes as the language writes them. */
export interface Units {
  seconds: string;
  minutes: string;
  hours: string;
  days: string;
  /** Of a share. */
  percent: string;
}

export interface Formats {
  number(value: number, digits?: number): string;
  percent(value: number): string;
  gib(value: number): string;
  bytes(value: number): string;
  /** `45 s`, `3 min`, `2 h 10 min`, `4 d`: as exact as somebody who waits needs it. */
  duration(seconds: number): string;
  clock(seconds: number): string;
  date(seconds: number): string;
}

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

export function formatsFor(language: string, units: Units): Formats {
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const number = (value: number, digits = 0) =>
    digits === 0 ? plain.format(value) : value.toLocaleString(language, { maximumFractionDigits: digits });
  const amount = (value: number, unit: string) => `${number(value)} ${unit}`;
  return {
    number,
    percent: (value) => `${number(value)} ${units.percent}`,
    gib: (value) => `${number(value, value < 10 ? 1 : 0)} GiB`,
    bytes(value) {
      const power = Math.min(byteUnits.length - 1, Math.floor(Math.log2(Math.max(1, value)) / 10));
      const scaled = value / 1024 ** power;
      return `${number(scaled, scaled < 10 && power > 0 ? 1 : 0)} ${byteUnits[power]}`;
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 100) return amount(whole, units.seconds);
      const minutes = Math.round(whole / 60);
      if (minutes < 100) return amount(minutes, units.minutes);
      const hours = Math.floor(minutes / 60);
      if (hours >= 48) return amount(Math.round(hours / 24), units.days);
      const rest = minutes % 60;
      return amount(hours, units.hours) + (rest === 0 ? "" : ` ${amount(rest, units.minutes)}`);
    },
    clock: (seconds) => clock.format(seconds * 1000),
    date: (seconds) => date.format(seconds * 1000),
  };
}
