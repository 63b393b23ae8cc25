/** What administrators did, the newest hundred thousand of it. */
import type { DatabaseSync } from "node:sqlite";
import type { AuditEntry } from "../rows.ts";

const mostEntries = 100_000;

export function auditTable(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT INTO audit (at, by, address, act, target, details, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const drop = database.prepare("DELETE FROM audit WHERE row <= (SELECT max(row) FROM audit) - ?");
  const newest = database.prepare("SELECT * FROM audit ORDER BY row DESC LIMIT ?");
  return {
    add({ at, by, address, act, target, details, request }: AuditEntry): undefined {
      insert.run(at, by, address, act, target, JSON.stringify(details), request);
      drop.run(mostEntries);
    },
    /** The newest first. */
    find: ({ limit }: { limit: number }): AuditEntry[] => newest.all(limit).map(entryOf),
  };
}

function entryOf(row: Record<string, unknown>): AuditEntry {
  return {
    at: row.at as number,
    by: row.by as string,
    address: row.address as string | null,
    act: row.act as string,
    target: row.target as string | null,
    details: JSON.parse(row.details as string) as Record<string, unknown>,
    request: row.request as string | null,
  };
}
