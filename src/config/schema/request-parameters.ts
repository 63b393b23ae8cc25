/** What can be said of the requests to a model: the section of its entry that becomes its RequestParameters. */
import { z } from "zod";

/** They say what is asked for and how it is answered; the gateway has read them before parameters are given. */
const ofTheRequest = ["model", "messages", "prompt", "input", "contents", "stream", "stream_options"];

const nameHint = "the name of a parameter of OpenAI's chat API, such as temperature or reasoning_effort";

const parameterName = z.string().superRefine((name, context) => {
  const fault = nameFault(name);
  if (fault !== null) context.addIssue({ code: "custom", message: `${JSON.stringify(name)} ${fault}` });
});

function nameFault(name: string): string | null {
  if (ofTheRequest.includes(name)) return "belongs to the request itself and cannot be given or taken away";
  return /^[A-Za-z_][\w-]*$/.test(name) ? null : `is not ${nameHint}`;
}

/** Faults are said at the name's own place, so not by the record's own check of its keys. */
function values() {
  return z.record(z.string(), z.json()).superRefine((given, context) => {
    for (const name of Object.keys(given)) {
      const fault = nameFault(name);
      if (fault !== null)
        context.addIssue({ code: "custom", path: [name], message: `${JSON.stringify(name)} ${fault}` });
    }
  });
}

const variantHint =
  "the name of a variant: letters, digits and . _ -, beginning with a letter or digit, and not latest";

const variants = z.record(z.string(), values()).superRefine((given, context) => {
  for (const name of Object.keys(given)) {
    if (/^[A-Za-z0-9][\w.-]*$/.test(name) && name.toLowerCase() !== "latest") continue;
    context.addIssue({ code: "custom", path: [name], message: `${JSON.stringify(name)} is not ${variantHint}` });
  }
});

export const requestParameterShapes = {
  parameters: z
    .strictObject({
      defaults: values().optional().meta({
        description: "Given where neither the request nor its variant says otherwise.",
      }),
      set: values().optional().meta({ description: "Given whatever the request says." }),
      strip: z.array(parameterName).optional().meta({ description: "Not heard where a request says them." }),
    })
    .optional()
    .meta({
      description:
        "Parameters of its requests, under the names of OpenAI's chat API; those of other APIs are given them under " +
        "theirs. `set` wins over the request, the request over the variant, the variant over `defaults`; objects are " +
        "merged key by key.",
    }),
  variants: variants.optional().meta({
    description:
      "Parameters by a name: `high: { reasoning_effort: high }` is served as `model:high` by the same engine, and listed as a model of its own.",
  }),
};
