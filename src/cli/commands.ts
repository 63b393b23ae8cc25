/** The commands of `hearth` in the order of its help: a file of commands/ each. */
import type { CliCommand } from "./command.ts";

/** Loaded only when they are called for, so that each command starts as fast as it can. */
export const commands: Record<string, () => Promise<{ command: CliCommand }>> = {
  serve: () => import("./commands/serve.ts"),
  gateway: () => import("./commands/gateway.ts"),
  waker: () => import("./commands/waker.ts"),
  check: () => import("./commands/check.ts"),
  doctor: () => import("./commands/doctor.ts"),
  setup: () => import("./commands/setup.ts"),
  pull: () => import("./commands/pull.ts"),
  "images list": () => import("./commands/images-list.ts"),
  "images pull": () => import("./commands/images-pull.ts"),
  "images build": () => import("./commands/images-build.ts"),
  compose: () => import("./commands/compose.ts"),
  ps: () => import("./commands/ps.ts"),
  models: () => import("./commands/models.ts"),
  "models list": () => import("./commands/models-list.ts"),
  "models choose": () => import("./commands/models-choose.ts"),
  "models show": () => import("./commands/models-show.ts"),
  run: () => import("./commands/run.ts"),
  stop: () => import("./commands/stop.ts"),
  clear: () => import("./commands/clear.ts"),
  logs: () => import("./commands/logs.ts"),
  requests: () => import("./commands/requests.ts"),
  connect: () => import("./commands/connect.ts"),
  key: () => import("./commands/key.ts"),
  "keys create": () => import("./commands/keys-create.ts"),
  "keys list": () => import("./commands/keys-list.ts"),
  "keys revoke": () => import("./commands/keys-revoke.ts"),
};
