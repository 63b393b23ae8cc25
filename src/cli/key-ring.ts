/** The keys made by commands: through the running server where there is one, else in the database itself. */
import type { z } from "zod";
import { loadHome } from "../config/load-home.ts";
import { type keyView, viewOf } from "../control/schema/key.ts";
import type { KeySettings } from "../store/keys.ts";
import type { Store } from "../store/store.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";
import { callJson, runningServer, type ServerClient } from "./server-client.ts";

export type KeyView = z.output<typeof keyView>;

export interface NewSecret {
  key: KeyView;
  secret: string;
}

export interface MadeKey extends NewSecret {
  /** The first one here: with it the well-known key has ended. */
  first: boolean;
}

export interface KeyRing {
  create(wanted: KeySettings): Promise<MadeKey>;
  list(): Promise<KeyView[]>;
  /** These throw where there is none of that name. */
  change(name: string, settings: (before: KeySettings) => KeySettings): Promise<KeyView>;
  rotate(name: string): Promise<NewSecret>;
  revoke(name: string): Promise<void>;
}

/** Calls `use` with the keys of this machine's HEARTH_HOME. */
export async function withKeyRing<T>(io: Io, use: (ring: KeyRing) => Promise<T>): Promise<T> {
  const server = runningServer(io);
  if (server !== null) return use(ringOfServer(server));
  const { openStore } = await import("../store/store.ts");
  const store = await openStore(loadHome(io));
  try {
    return await use(ringOfStore(store));
  } finally {
    await store.close();
  }
}

function ringOfServer(server: ServerClient): KeyRing {
  const at = (name: string) => `/hearth/v1/keys/${encodeURIComponent(name)}`;
  const list = async () => (await callJson<{ keys: KeyView[] }>(server, "/hearth/v1/keys")).keys;
  return {
    list,
    create: (wanted) => callJson(server, "/hearth/v1/keys", { method: "POST", json: wanted }),
    async change(name, settings) {
      const { name: _, ...json } = settings(settingsOf(named(await list(), name)));
      return callJson(server, at(name), { method: "PUT", json });
    },
    rotate: (name) => callJson(server, `${at(name)}/rotate`, { method: "POST" }),
    async revoke(name) {
      await callJson(server, at(name), { method: "DELETE" });
    },
  };
}

function ringOfStore({ keys, requests, audit }: Store): KeyRing {
  const shown = (key: Parameters<typeof viewOf>[0]) => viewOf(key, requests.lastUseOf(key.name));
  const done = (act: string, target: string, details: Record<string, unknown> = {}) =>
    audit.add({ at: Date.now() / 1000, by: commandLine, address: null, act, target, details, request: null });
  return {
    async create(wanted) {
      const made = await keys.create(wanted, commandLine);
      const { name, ...details } = wanted;
      done("createKey", name, details);
      return { ...made, key: shown(made.key) };
    },
    list: async () => keys.list().map(shown),
    async change(name, settings) {
      const wanted = settings(settingsOf(named(keys.list().map(shown), name)));
      const { name: _, ...details } = wanted;
      const key = (await keys.change(wanted)) ?? unknown(name);
      done("changeKey", name, details);
      return shown(key);
    },
    async rotate(name) {
      const { key, secret } = (await keys.rotate(name)) ?? unknown(name);
      done("rotateKey", name);
      return { key: shown(key), secret };
    },
    async revoke(name) {
      if (!(await keys.revoke(name))) unknown(name);
      done("revokeKey", name);
    },
  };
}

/** Who did what no server was asked for. */
const commandLine = "(command line)";

function settingsOf({ lastUsedAt: _, createdAt: __, createdBy: ___, prefix: ____, ...settings }: KeyView): KeySettings {
  return settings;
}

function named(keys: KeyView[], name: string): KeyView {
  return keys.find((key) => key.name === name) ?? unknown(name);
}

function unknown(name: string): never {
  throw new CliError(`There is no key named "${name}". See \`hearth keys list\`.`);
}

/** What has ended with the first key, so that nobody wonders: for people, beside the secret. */
export function firstKeyNote({ first, key }: MadeKey): string {
  if (!first) return "";
  const still = "the admin key of this installation goes on (hearth key)";
  const offer = key.role === "admin" ? "" : `; for an administrator's own: hearth keys create NAME --admin`;
  return `It is the first key here: the one of the documentation no longer works; ${still}${offer}.\n`;
}
