/** The words that anybody here looks for in a body, looked for once. */
import { type Marks, marksIn } from "../body/marks.ts";
import { relayRoutes } from "../dialects/relayed.ts";
import { generalFixups } from "./fixups/every-model/general-fixups.ts";

const ofMedia = relayRoutes.flatMap(({ media }) => media?.marks ?? []);
const watched = new Set([...ofMedia, ...generalFixups.flatMap(({ marks }) => marks)]);
const known = new WeakMap<Buffer, Marks>();

export function marksOf(bytes: Buffer): Marks {
  const found = known.get(bytes) ?? marksIn(bytes, watched);
  known.set(bytes, found);
  return found;
}
