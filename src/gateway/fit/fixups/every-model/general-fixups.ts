/** The corrections that suit every model, in the order in which they are applied. */
import { attributionLine } from "./attribution-line.ts";
import { developerRole } from "./developer-role.ts";
import { dropUnset } from "./drop-unset.ts";
import { foreignParts } from "./foreign-parts.ts";
import type { GeneralFixup } from "./general-fixup.ts";
import { hostedTools } from "./hosted-tools.ts";
import { thoughtNames } from "./thought-names.ts";
import { wholeArguments } from "./whole-arguments.ts";

export const generalFixups: readonly GeneralFixup[] = [
  dropUnset,
  developerRole,
  foreignParts,
  hostedTools,
  wholeArguments,
  thoughtNames,
  attributionLine,
];
