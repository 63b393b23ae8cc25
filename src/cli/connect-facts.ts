/** Where `hearth connect` gets address, models and key from: the running server, what was given, the catalog. */
import { request } from "undici";
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { wellKnownSecret } from "../config/access.ts";
import { loadConfig } from "../config/load.ts";
import type { OfferedModel } from "../connect/choose.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";
import { firstKeyNote, withKeyRing } from "./key-ring.ts";
import { callJson, runningServer, type ServerClient } from "./server-client.ts";

/** Stands where a key belongs that nobody has told us. */
export const keyPlaceholder = "YOUR_HEARTH_KEY";

export interface Address {
  origin: string;
  /** Given with the address: by --key, or by HEARTH_API_KEY beside HEARTH_URL. */
  key: string | null;
  /** For questions to the server; null where none runs here. */
  server: ServerClient | null;
}

/** Throws a CliError where --url is no address. */
export function addressOf(options: Record<string, string | boolean | undefined>, io: Io): Address {
  const given = typeof options.url === "string" ? options.url : io.env.HEARTH_URL || undefined;
  const key =
    typeof options.key === "string" ? options.key : given === undefined ? null : io.env.HEARTH_API_KEY || null;
  const local = runningServer(io);
  if (given === undefined) {
    const server = local && { ...local, ...(key === null ? {} : bearer(key)) };
    return { origin: local?.origin ?? configuredOrigin(io), key, server };
  }
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CliError(`--url takes an address such as http://spark.local:8009, not "${given}".`, 2);
  }
  const origin = (url.origin + url.pathname).replace(/\/+$/, "").replace(/\/v1$/, "");
  return { origin, key, server: key === null ? local : { origin, ...bearer(key) } };
}

function bearer(key: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${key}` } };
}

/** Where a Hearth that is not running yet would listen. */
function configuredOrigin(io: Io): string {
  const { host, port } = loadConfig({ cwd: io.cwd, env: io.env, file: undefined }).config.listen;
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

interface ListedByServer extends Omit<OfferedModel, "summary" | "context"> {
  description: string;
  context_window: number;
}

/** What the server offers to the key. */
export async function servedModels(server: ServerClient, signal: AbortSignal): Promise<OfferedModel[]> {
  const { data } = await callJson<{ data: ListedByServer[] }>(server, "/v1/models", { signal });
  return data.map(({ description, context_window, ...model }) => ({
    ...model,
    summary: description,
    context: context_window,
  }));
}

/** What a Hearth is likely to offer: what has proved itself. */
export function catalogModels(wanted: string | undefined): OfferedModel[] {
  return resolveModels([], readCatalog())
    .filter(
      ({ id, aliases, status }) =>
        status === "recommended" || status === "validated" || id === wanted || aliases.includes(wanted ?? id),
    )
    .map((spec) => ({ ...spec, lifecycle: spec.policy.lifecycle }));
}

/** The key that everybody knows, where this server takes it. It is no secret. */
export async function publicKey({ origin, server }: Address): Promise<string | null> {
  if (server === null) return null;
  const path = `${origin}/v1/models`;
  const answer = await request(path, { ...bearer(wellKnownSecret), headersTimeout: 5000 }).catch(() => null);
  await answer?.body.dump();
  return answer?.statusCode === 200 ? wellKnownSecret : null;
}

/** Makes a key for the client, named after it. */
export async function newKey(client: string, io: Io): Promise<string> {
  return withKeyRing(io, async (ring) => {
    const taken = new Set((await ring.list()).map(({ name }) => name));
    let name = client;
    for (let count = 2; taken.has(name); count++) name = `${client}-${count}`;
    const made = await ring.create({ name, models: ["*"], priority: "interactive", role: "user" });
    io.err.write(firstKeyNote(made));
    return made.secret;
  });
}
