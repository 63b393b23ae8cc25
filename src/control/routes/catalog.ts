/** The chooser for the console and for scripts. */
import { z } from "zod";
import { capabilities } from "../../domain/model.ts";
import { purposes } from "../../domain/purposes.ts";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { seenChoiceSchema } from "../schema/choice.ts";

const needsHint = `capabilities with commas: ${capabilities.join(", ")}`;

const wish = z.strictObject({
  for: z.enum(purposes).optional().meta({ description: "What for. Absent: chat, code and tools." }),
  needs: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.enum(capabilities, { error: needsHint })))
    .optional()
    .meta({ description: "What it must be able to do, with commas: `vision,tools`." }),
  context: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, { error: "a whole number of tokens" })
    .transform(Number)
    .optional()
    .meta({ description: "Tokens of prompt and answer, at least." }),
  memoryGiB: z
    .string()
    .regex(/^\d{1,5}(?:\.\d+)?$/, { error: "GiB, such as 60" })
    .transform(Number)
    .optional()
    .meta({ description: "What the model may take." }),
});

export const catalogRoutes = ({ link, choices }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/catalog",
    id: "chooseModels",
    summary:
      "The catalog's models that suit a wish, best first, with what each costs and what keeps it from this machine",
    description:
      "The order of `hearth models choose`: what can run here, then evidence on the very image, speed, age and quality.",
    query: wish,
    answers: { 200: { description: "The models.", schema: z.object({ models: z.array(seenChoiceSchema) }) } },
    run({ query: { for: purpose = null, needs, context, memoryGiB } }) {
      const views = new Map(link.snapshot().models.map((model) => [model.id, model]));
      const chosen = choices({
        purpose,
        ...(needs === undefined ? {} : { needs }),
        ...(context === undefined ? {} : { context }),
        ...(memoryGiB === undefined ? {} : { memoryGiB }),
      });
      return {
        models: chosen.map((choice) => {
          const view = views.get(choice.id);
          return { ...choice, served: view !== undefined, memoryUse: view?.memoryUse ?? null };
        }),
      };
    },
  }),
];
