/** A name that stands for whichever of several models suits a request best; `models` is null where it is any. */
import { z } from "zod";
import { capability, modelId } from "./model.ts";

export const virtualModelSchema = z
  .strictObject({
    name: modelId().meta({ description: "What clients ask for. A model of the same name wins." }),
    models: z.array(modelId()).min(1).optional().meta({
      description: "Ids or aliases to choose from; of two that are as soon ready the earlier. Default: all.",
    }),
    needs: z.array(capability).min(1).optional().meta({ description: "What a model must be able to do to be chosen." }),
  })
  .transform(({ name, models, needs }) => ({ name, models: models ?? null, needs: needs ?? [] }));
