/** Rids a request of what strict engines refuse, whatever its model. */
import { marksOf } from "./body-marks.ts";
import type { Draft } from "./draft.ts";
import { generalFixups } from "./fixups/every-model/general-fixups.ts";

export function normalise(draft: Draft): void {
  const { form, body } = draft;
  if (form === null) return;
  const marks = marksOf(body.bytes);
  for (const { name, mayChange, apply } of generalFixups) {
    if (mayChange(body, marks, form)) draft.become(apply(draft.json, form), name);
  }
}
