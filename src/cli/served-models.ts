/** What the server that runs here, or that is named, says of its models. */
import type { ModelView, Snapshot } from "../link/link.ts";
import type { Io } from "./io.ts";
import { callJson, findServer, runningServer } from "./server-client.ts";

/** Null where no server runs here and none is named. */
export async function servedModels(io: Io): Promise<ModelView[] | null> {
  if (!io.env.HEARTH_URL && runningServer(io) === null) return null;
  const { models } = await callJson<Snapshot>(findServer(io), "/hearth/v1/state", { signal: io.signal });
  return models;
}
