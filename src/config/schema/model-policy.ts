/** What can be said of a model's policy: the section of its entry that becomes its ModelPolicy. */
import { z } from "zod";
import { isTimeZone, parseWeekHours } from "../week-hours.ts";
import { duration } from "./fields.ts";

const hoursHint = "hours of the week such as Mon-Fri 7:30-18:00, Sat 9:00-12:00";
const zoneHint = "the name of a time zone such as Europe/Berlin";
const warmHint = `\`start\`, or \`{ hours: "Mon-Fri 7:30-18:00", zone: Europe/Berlin }\``;

/** What is not understood is said at its own place: `continue` keeps the union from hiding it. */
const refused = { code: "invalid_format", format: "regex", continue: true } as const;

const weekHours = z.string({ error: hoursHint }).transform((text, context) => {
  const ranges = parseWeekHours(text);
  if (ranges === null) context.issues.push({ ...refused, message: hoursHint, input: text });
  return ranges ?? [];
});

const timeZone = z.string({ error: zoneHint }).check((context) => {
  if (!isTimeZone(context.value)) context.issues.push({ ...refused, message: zoneHint, input: context.value });
});

const group = z.strictObject({
  hours: weekHours.meta({ description: "Hours of the week: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`, `22:00-6:00`." }),
  zone: timeZone.optional().meta({ description: "Time zone of the hours. Default: the machine's own." }),
});

const warm = z
  .union([z.literal("start"), group], { error: warmHint })
  .transform((wanted) => (wanted === "start" ? wanted : { ranges: wanted.hours, zone: wanted.zone ?? null }));

export const modelPolicyShapes = {
  lifecycle: z.enum(["normal", "utility", "exclusive"]).optional().meta({
    description:
      "`utility`: small, kept beside the big one. `exclusive`: needs the machine to itself. Default: normal.",
  }),
  idleStop: duration().optional().meta({
    description: "Stops after this long without a request; 0 = never. Default: policy.idleStop.",
  }),
  pinned: z.boolean().optional().meta({ description: "Never stopped to make room for another. Default: false." }),
  warm: warm.optional().meta({
    description:
      "`start`: loaded when Hearth starts and there is room; with `pinned` it stays. Hours: kept loaded while they last, and not stopped for idleness; it still makes room for others. Never loaded while somebody waits or an answer is in progress. Default: only when asked for.",
  }),
};
