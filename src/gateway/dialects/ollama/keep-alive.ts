/** `keep_alive`: seconds as a number, or a duration in Go's notation. */
import { badField } from "../read-request.ts";
import type { Residence } from "../translation.ts";

const units = new Map([
  ["ns", 1e-9],
  ["us", 1e-6],
  ["µs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
]);

/** Null where the client leaves it open. A duration is not kept to the second: Hearth's own idle time holds. */
export function residenceOf(keepAlive: number | string | null | undefined): Residence | null {
  if (keepAlive === null || keepAlive === undefined || keepAlive === "") return null;
  const seconds = typeof keepAlive === "number" ? keepAlive : secondsIn(keepAlive);
  if (seconds === 0) return "stop";
  return seconds < 0 ? "pin" : "unpin";
}

function secondsIn(duration: string): number {
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(duration)!;
  const parts = /^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(rest!) ? rest!.matchAll(/([\d.]+)([a-zµ]+)/gy) : null;
  const plain = /^\d+(?:\.\d*)?$/.test(rest!) ? Number(rest) : null;
  if (parts === null && plain === null) {
    throw badField(
      "keep_alive",
      `expected seconds or a duration such as "5m", not ${JSON.stringify(duration.slice(0, 50))}`,
    );
  }
  const seconds = plain ?? parts!.reduce((sum, [, count, unit]) => sum + Number(count) * (units.get(unit!) ?? 0), 0);
  return sign === "-" ? -seconds : seconds;
}
