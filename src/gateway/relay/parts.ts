/** What relaying needs of the rest of the gateway. */
import type { Logger } from "pino";
import type { Grant, Link } from "../../link/link.ts";
import type { BodyBudget } from "../body/budget.ts";
import type { LargeBodies } from "../fit/threads/large-bodies.ts";
import type { Auth } from "../http/auth.ts";
import type { Cors } from "../http/cors.ts";
import type { AllKeyLimits } from "../http/key-limits.ts";
import type { Stopping } from "../http/stopping.ts";
import type { KeptOfAll } from "../kept/kept.ts";
import type { ModelIndex } from "../models/index.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { RecordListener } from "../observe/records.ts";
import type { Tracing } from "../observe/tracing.ts";
import type { Settings, Timing } from "../settings.ts";
import type { Upstream } from "../upstream/attempt.ts";
import type { Engines } from "../upstream/engines.ts";
import type { Crowd } from "./crowd.ts";
import type { Suspects } from "./suspects.ts";
import type { Sweeper } from "./sweep.ts";
import type { AskForWork } from "./work.ts";

/** What an exchange needs of it. */
export interface ExchangeParts {
  link: Pick<Link, "acquire">;
  engines: Pick<Engines, "callTo" | "noteLacking"> & { to(grant: Grant): Upstream };
  sweeper: Pick<Sweeper, "add" | "delete">;
  suspects: Suspects;
  stopping: Pick<Stopping, "begun" | "over">;
  crowd: Crowd;
  work: AskForWork;
  settings: Pick<Settings, "stallMs" | "silenceMs" | "showWaiting">;
  timing: Timing;
  /** Null where nobody collects traces. */
  tracing: Tracing | null;
  log: Pick<Logger, "info" | "error">;
}

export interface RelayParts extends Omit<ExchangeParts, "suspects" | "crowd" | "work"> {
  link: Pick<Link, "acquire" | "command" | "snapshot" | "subscribe">;
  auth: Auth;
  limits: AllKeyLimits;
  bodies: BodyBudget;
  largeBodies: LargeBodies;
  cors: Cors;
  models: ModelIndex;
  engines: Engines;
  metrics: Metrics;
  stopping: Stopping;
  /** Who hears of each request that is over. */
  recorded: RecordListener[];
  settings: Settings;
  /** What keys have kept here. */
  kept: Pick<KeptOfAll, "of">;
}
