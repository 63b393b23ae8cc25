import type { Schemas } from "../../api/client.ts";

export type TimePart = "wait" | "load" | "first" | "rest";

const colours: Record<TimePart, string> = { wait: "bg-warn", load: "bg-info", first: "bg-quiet", rest: "bg-good" };

/** Where a request's time went, in order: waiting for its turn, the load, to the first byte, the answer. They add up to the whole. */
export function timesOf({
  waitMs,
  loadMs,
  firstByteMs,
  totalMs,
}: Pick<Schemas["RequestRecord"], "waitMs" | "loadMs" | "firstByteMs" | "totalMs">) {
  const until = (milliseconds: number | null, before: number) =>
    Math.min(totalMs, Math.max(before, milliseconds ?? totalMs));
  const granted = until(waitMs, 0);
  const load = Math.min(loadMs ?? 0, granted);
  const first = waitMs === null ? granted : until(firstByteMs, granted);
  const parts: [TimePart, number][] = [
    ["wait", granted - load],
    ["load", load],
    ["first", first - granted],
    ["rest", totalMs - first],
  ];
  return parts.map(([part, milliseconds]) => ({ part, milliseconds, className: colours[part] }));
}
