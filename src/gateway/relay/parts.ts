/** What relaying needs of the rest of the gateway. */
import type { Logger } from "pino";
import type { Link } from "../../link/link.ts";
import type { Auth } from "../http/auth.ts";
import type { Cors } from "../http/cors.ts";
import type { ModelIndex } from "../models/index.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Settings, Timing } from "../settings.ts";
import type { Engines } from "../upstream/engines.ts";
import type { Sweeper } from "./sweep.ts";

export interface RelayParts {
  link: Pick<Link, "acquire" | "command" | "snapshot">;
  auth: Auth;
  cors: Cors;
  models: ModelIndex;
  engines: Engines;
  metrics: Metrics;
  sweeper: Sweeper;
  settings: Settings;
  timing: Timing;
  log: Pick<Logger, "debug" | "error">;
}
