/** What can be said of a key, in `hearth.yaml` and where one is made. */
import { z } from "zod";
import { text } from "./fields.ts";

/** What a key is for. */
export const roles = ["admin", "user", "metrics"] as const;

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
