/** The log of every administrative act. */
import type { Outbox } from "./outbox.ts";
import { readFor } from "./read-for.ts";
import type { AuditEntry } from "./rows.ts";

export interface Audit {
  /** Written soon, and again and again where the disk refuses. */
  add(entry: AuditEntry): void;
  /** The newest first. Rejects with a Problem (`store_unavailable`). */
  find(filter: { limit: number }): Promise<AuditEntry[]>;
}

export function storedAudit(outbox: Outbox): Audit {
  return {
    add: (input) => outbox.offer({ name: "addAudit", input }, lane),
    find: (filter) => readFor(outbox, "findAudit", filter),
  };
}

/** One by one is no loss to the others. */
const lane = { chained: false, lost() {} };
