/** What the routes of the control API work with; given by the composition root. */
import type { KeyConfig } from "../config/types.ts";
import type { ChoiceView } from "../domain/choice-view.ts";
import type { Wish } from "../domain/wish.ts";
import type { Link } from "../link/link.ts";
import type { Audit } from "../store/audit.ts";
import type { Keys } from "../store/keys.ts";
import type { Requests } from "../store/requests.ts";
import type { Invitations } from "./invitations.ts";
import type { LiveEvents } from "./live-events.ts";
import type { People } from "./people.ts";
import type { Power } from "./power.ts";

export interface ControlContext {
  link: Link;
  /** Keys that are made while running: the store's. */
  keys: Omit<Keys, "findByHash">;
  /** Those of hearth.yaml, as it is now. */
  configuredKeys: () => KeyConfig[];
  /** Records of those that are over. */
  requests: Pick<Requests, "find" | "usage" | "lastUseOf" | "modelUses">;
  /** Keeps everything that is done here. */
  audit: Audit;
  /** Who uses the machine now. */
  people: People;
  /** Shared with their page. */
  invitations: Invitations;
  /** What the machine's time costs, by the present configuration. */
  power: () => Power;
  /** `weights.budget` of the present configuration; null = none. */
  budget: () => number | null;
  /** The catalog's models that suit a wish on the machine of the engines, best first. */
  choices: (wish: Wish) => ChoiceView[];
  version: string;
  live: LiveEvents;
  /** Aborted, with a Problem as its reason, when Hearth begins to stop. */
  stopping: AbortSignal;
}
