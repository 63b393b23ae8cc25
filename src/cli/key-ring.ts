/** The keys made by commands: through the running server where there is one, else in the database itself. */
import { loadHome } from "../config/load-home.ts";
import type { KeyConfig } from "../config/types.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";
import { callJson, runningServer } from "./server-client.ts";

export interface KeyView {
  name: string;
  models: string[];
  priority: KeyConfig["priority"];
  role: KeyConfig["role"];
  /** Seconds since the epoch. */
  createdAt: number;
}

export interface MadeKey {
  key: KeyView;
  secret: string;
  /** The first one here: with it the well-known key has ended. */
  first: boolean;
}

export interface KeyRing {
  create(wanted: Omit<KeyView, "createdAt">): Promise<MadeKey>;
  list(): Promise<KeyView[]>;
  /** Throws where there is none of that name. */
  revoke(name: string): Promise<void>;
}

/** Calls `use` with the keys of this machine's HEARTH_HOME. */
export async function withKeyRing<T>(io: Io, use: (ring: KeyRing) => Promise<T>): Promise<T> {
  const server = runningServer(io);
  if (server !== null) {
    return use({
      create: (wanted) => callJson(server, "/hearth/v1/keys", { method: "POST", json: wanted }),
      list: async () => (await callJson<{ keys: KeyView[] }>(server, "/hearth/v1/keys")).keys,
      async revoke(name) {
        await callJson(server, `/hearth/v1/keys/${encodeURIComponent(name)}`, { method: "DELETE" });
      },
    });
  }
  const { openStore } = await import("../store/store.ts");
  const store = await openStore(loadHome(io));
  try {
    return await use({
      create: (wanted) => store.keys.create(wanted),
      list: async () => store.keys.list(),
      async revoke(name) {
        if (!(await store.keys.revoke(name))) {
          throw new CliError(`There is no key named "${name}". See \`hearth keys list\`.`);
        }
      },
    });
  } finally {
    await store.close();
  }
}

/** What has ended with the first key, so that nobody wonders: for people, beside the secret. */
export function firstKeyNote({ first, key }: MadeKey): string {
  if (!first) return "";
  const still = "the admin key of this installation goes on (hearth key)";
  const offer = key.role === "admin" ? "" : `; for an administrator's own: hearth keys create NAME --admin`;
  return `It is the first key here: the one of the documentation no longer works; ${still}${offer}.\n`;
}
