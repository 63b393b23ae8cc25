/** What can be said of a key, in `hearth.yaml` and where one is made. */
import { z } from "zod";
import { capabilities } from "../../domain/model.ts";
import { parseWeekHours } from "../week-hours.ts";
import { text } from "./fields.ts";

/** What a key is for. */
export const roles = ["admin", "user", "metrics"] as const;

const most = () => z.int().min(1).optional();

export const keyLimits = z.strictObject({
  requestsPerMinute: most().meta({ description: "Requests within any minute." }),
  tokensPerMinute: most().meta({ description: "Tokens of prompts and answers within a minute." }),
  tokensPerDay: most().meta({ description: "The same within a day, by this machine's clock." }),
  tokensPerMonth: most().meta({ description: "The same within a month of the calendar." }),
  concurrent: most().meta({ description: "Requests at once, those that wait too." }),
});

const hoursHint = "hours of the week such as Mon-Fri 7:30-18:00, Sat 9:00-12:00";
const expiryHint = "a day such as 2026-12-31, or a time such as 2026-12-31T18:00:00+01:00";

export const keyFields = {
  name: text().meta({ description: "Who uses it: shown in lists, logs and metrics." }),
  models: z.array(text()).min(1).prefault(["*"]).meta({
    description: "Ids, aliases or patterns with `*` that it may use.",
  }),
  priority: z.enum(["interactive", "batch"]).prefault("interactive").meta({
    description: "`batch` requests come after all others and keep no model running.",
  }),
  role: z.enum(roles).prefault("user").meta({
    description:
      "`user`: may use models. `admin`: the control API and the console too. `metrics`: may read `/metrics` and nothing else.",
  }),
  capabilities: z.array(z.enum(capabilities)).min(1).optional().meta({
    description: "What it may use models for. Default: for everything.",
  }),
  limits: keyLimits.optional().meta({ description: "How much it may use. Default: as much as it likes." }),
  hours: z
    .string()
    .refine((value) => parseWeekHours(value) !== null, { error: hoursHint })
    .optional()
    .meta({ description: "When it may be used: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`. Default: always." }),
  expires: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: expiryHint })
    .optional()
    .meta({ description: "Its last day, or the moment of its end. Default: never." }),
  showWaiting: z.enum(["comment", "thinking"]).optional().meta({
    description: "How its streamed chats tell of a wait. Default: `policy.showWaiting`.",
  }),
  note: text().max(500).optional().meta({ description: "For you." }),
};

export const keySchema = z.strictObject({
  ...keyFields,
  fixups: z.enum(["on", "off"]).optional().meta({
    description: "`off`: its requests go to the engines without the corrections of docs/fixups.md. Default: on.",
  }),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, { error: "`sha256:` and 64 lower-case hexadecimal digits" })
    .meta({ description: "SHA-256 of the secret: `sha256:` and what `sha256sum` prints for it, without a line end." }),
});
