/** Building blocks of the schemas: a value as it is written, and how it is understood. */
import { z } from "zod";
import { durationPattern, parseDuration } from "../duration.ts";
import { rateOf, ratePattern } from "../rate.ts";
import { parseSize, sizePattern } from "../size.ts";

/** Where a value does not match, `error` is what was expected: "a duration such as ...". */
const durationHint = "a duration such as 500ms, 240s, 20m or 1h30m (0 without a unit)";
const sizeHint = "a size such as 8GiB, 10GB or 64MiB";

/** Parses to seconds. */
export function duration() {
  return z
    .union([z.literal(0), z.string().regex(durationPattern, { error: durationHint })], { error: durationHint })
    .transform((value, context) => understood(parseDuration(String(value)), context, durationHint));
}

/** Parses to whole bytes. */
export function size() {
  return z
    .union([z.literal(0), z.string().regex(sizePattern, { error: sizeHint })], { error: sizeHint })
    .transform((value, context) => understood(parseSize(String(value)), context, sizeHint));
}

/** A size, or the word `auto`. */
export function sizeOrAuto() {
  return z
    .union([z.literal("auto"), z.literal(0), z.string().regex(sizePattern, { error: `auto, or ${sizeHint}` })], {
      error: `auto, or ${sizeHint}`,
    })
    .transform((value, context) =>
      value === "auto" ? value : understood(parseSize(String(value)), context, `auto, or ${sizeHint}`),
    );
}

const rateHint = "a rate such as 20MB/s or 2MiB/s (0 without a unit)";

/** Parses to whole bytes per second. */
export function rate() {
  return z
    .union([z.literal(0), z.string().regex(ratePattern, { error: rateHint })], { error: rateHint })
    .transform((value, context) => (value === 0 ? 0 : understood(rateOf(value), context, rateHint)));
}

const listenHint = "an address such as 127.0.0.1:8009, [::1]:8009 or 0.0.0.0:8009, or a port alone";
/** Host and port, the host alone in brackets where it is IPv6; or a port alone. */
const listenPattern = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):)?(\d{1,5})$/;

/** Parses to host and port; a port alone is on 127.0.0.1. Port 0 = any free one. */
export function listenAddress() {
  return z
    .union(
      [
        z.int({ error: listenHint }).min(0, { error: listenHint }).max(65535, { error: listenHint }),
        z.string().regex(listenPattern, { error: listenHint }),
      ],
      { error: listenHint },
    )
    .transform((value, context) => {
      const [, bracketed, plain, port] = listenPattern.exec(String(value)) ?? [];
      const number = Number(port) <= 65535 ? Number(port) : null;
      return { host: bracketed ?? plain ?? "127.0.0.1", port: understood(number, context, listenHint) };
    });
}

/** Text with something in it. */
export function text() {
  return z.string().regex(/\S/, { error: "text that is not empty" });
}

function understood<T>(value: T | null, context: z.core.$RefinementCtx, hint: string): T {
  if (value !== null) return value;
  context.issues.push({ code: "invalid_format", format: "regex", message: hint, input: String(context.value) });
  return z.NEVER;
}
