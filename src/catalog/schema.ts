/** What a file of the catalog says of one model. */
import { z } from "zod";
import { modelFieldShapes, modelId } from "../config/schema/model.ts";

export const catalogModelSchema = z.strictObject({
  id: modelId().meta({ description: "Name of the model, and of this file." }),
  ...modelFieldShapes,
});
