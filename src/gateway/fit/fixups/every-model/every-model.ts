/** The corrections that suit every model, in the order in which they are applied. */
import type { Draft } from "../../draft.ts";
import { attributionLine } from "./attribution-line.ts";
import { developerRole } from "./developer-role.ts";
import { dropUnset } from "./drop-unset.ts";
import type { GeneralFixup } from "./general-fixup.ts";
import { thoughtNames } from "./thought-names.ts";

export const generalFixups: readonly GeneralFixup[] = [dropUnset, developerRole, thoughtNames, attributionLine];

export function normalise(draft: Draft): void {
  const { form, body } = draft;
  if (form === null) return;
  for (const { name, mayChange, apply } of generalFixups) {
    if (mayChange(body, form)) draft.become(apply(draft.json, form), name);
  }
}
