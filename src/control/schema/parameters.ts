/** Parameters in paths and query strings: always text, whatever they mean. */
import { z } from "zod";
import { text } from "../../config/schema/fields.ts";

export const modelParams = z.strictObject({
  id: text().meta({ description: "Id or alias of the model; a `/` in it is written `%2F`." }),
});

/** Yes or no. Default: no. */
export function flag() {
  return z
    .enum(["1", "true", "0", "false"])
    .prefault("0")
    .transform((value) => value === "1" || value === "true");
}

/** A whole number. `most`: a power of ten, so that a pattern can tell clients of the bound. */
export function count({ most, usual }: { most: number; usual: number }) {
  const hint = `a whole number from 0 to ${most}`;
  return z
    .string()
    .regex(new RegExp(`^(?:\\d{1,${String(most).length - 1}}|${most})$`), { error: hint })
    .prefault(String(usual))
    .transform(Number);
}

/** A number that an answer has given, such as an instant in seconds. */
export function instant() {
  return z
    .string()
    .regex(/^\d{1,15}(?:\.\d{1,9})?$/, { error: "a number from 0 on" })
    .transform(Number)
    .optional();
}
