import { z } from "zod";
import { isExactNumber } from "../../domain/exact-json.ts";

/** A whole number of up to 64 bits, perhaps written with a fraction. */
export const seed = z
  .union([z.number().transform(Math.trunc), z.custom<object>(isExactNumber)], "expected a whole number")
  .nullish();
