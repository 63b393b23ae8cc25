/** The fixups of requests, in the order in which they are applied: each finds what those before it left. */
import type { FixupName } from "../../../domain/fixup-name.ts";
import type { JsonObject } from "../../../domain/json-object.ts";
import { alternateRoles } from "./alternate-roles.ts";
import { calmTools } from "./calm-tools.ts";
import { fillEmpty } from "./fill-empty.ts";
import type { ConversationForm, RequestFixup } from "./fixup.ts";
import { flattenText } from "./flatten-text.ts";
import { forceToolChoice } from "./force-tool-choice.ts";
import { leadSystem } from "./lead-system.ts";
import { relaxToolChoice } from "./relax-tool-choice.ts";
import { stripTools } from "./strip-tools.ts";
import { thinkingOff } from "./thinking-off.ts";
import { thinkingSwitch } from "./thinking-switch.ts";

export const requestFixups: readonly RequestFixup[] = [
  stripTools,
  relaxToolChoice,
  flattenText,
  fillEmpty,
  calmTools,
  leadSystem,
  alternateRoles,
  forceToolChoice,
  thinkingSwitch,
  thinkingOff,
];

/** Whether a request has to be looked into; other fixups are of answers. */
export function correctsRequests(names: readonly FixupName[]): boolean {
  return requestFixups.some(({ name }) => names.includes(name));
}

/** Those of `names` that change something; the very same body where none does. */
export function fixed(
  body: JsonObject,
  form: ConversationForm,
  names: readonly FixupName[],
): { body: JsonObject; applied: FixupName[] } {
  const applied: FixupName[] = [];
  let current = body;
  for (const { name, apply } of requestFixups) {
    if (!names.includes(name)) continue;
    const next = apply[form](current);
    if (next !== current) applied.push(name);
    current = next;
  }
  return { body: current, applied };
}
