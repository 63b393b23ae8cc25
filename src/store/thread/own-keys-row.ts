import type { DatabaseSync } from "node:sqlite";
import type { OwnKeysState } from "../rows.ts";

export function ownKeysRow(database: DatabaseSync) {
  const write = database.prepare(
    `INSERT INTO meta (name, value) VALUES ('own-keys', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value = 'never'`,
  );
  const read = database.prepare("SELECT value FROM meta WHERE name = 'own-keys'");
  return {
    set(state: Exclude<OwnKeysState, "unknown">): undefined {
      write.run(state);
    },
    get: () => (read.get()?.value ?? "unknown") as OwnKeysState,
  };
}
