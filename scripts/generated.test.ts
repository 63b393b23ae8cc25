import { expect, test } from "vitest";
import { generatedFiles } from "./generated.ts";

test.each(generatedFiles())("$name is what `npm run generate` writes", ({ present, made }) => {
  expect(present).toBe(made);
});
