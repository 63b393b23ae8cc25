/** The journal's file: parts that each begin with a checkpoint, pruned as wholes from the oldest on. */
import type { DatabaseSync } from "node:sqlite";
import { type JournalLimits, journalLimits } from "../journal.ts";

interface Entry {
  /** Seconds since the epoch. */
  at: number;
  /** JSON. */
  body: string;
}

export function journalTable(database: DatabaseSync, limits: JournalLimits = journalLimits) {
  const insert = database.prepare("INSERT INTO journal (kind, at, body) VALUES (?, ?, ?)");
  const prune = database.prepare("DELETE FROM journal WHERE id < ?");
  // Known here, so that no checkpoint reads the file.
  let parts = partsOf(database);
  return {
    addEvents({ at, body }: Entry): undefined {
      insert.run("events", at, body);
      const part = parts.at(-1);
      if (part !== undefined) part.bytes += body.length;
    },
    addCheckpoint({ at, body }: Entry): undefined {
      const { lastInsertRowid } = insert.run("checkpoint", at, body);
      const kept = withinLimits([...parts, { id: Number(lastInsertRowid), at, bytes: body.length }], at, limits);
      if (kept.length <= parts.length) prune.run(kept[0]!.id);
      parts = kept;
    },
    /** Bytes of the last part. */
    tail: () => parts.at(-1)?.bytes ?? 0,
  };
}

/** A checkpoint and the events up to the next one. */
interface Part {
  /** Row of the checkpoint. */
  id: number;
  at: number;
  /** Roughly: characters count as bytes. */
  bytes: number;
}

/** What an earlier run left; `octet_length` knows a body's size without reading it. */
function partsOf(database: DatabaseSync): Part[] {
  const parts: Part[] = [];
  const sizes = database.prepare("SELECT id, kind, at, octet_length(body) AS bytes FROM journal ORDER BY id");
  for (const { id, kind, at, bytes } of sizes.iterate() as Iterable<Part & { kind: string }>) {
    if (kind === "checkpoint") parts.push({ id, at, bytes });
    else if (parts.length > 0) parts.at(-1)!.bytes += bytes;
  }
  return parts;
}

/** The newest parts that fit into the limits; the last one always stays. */
function withinLimits(parts: Part[], now: number, { seconds, bytes }: JournalLimits): Part[] {
  let first = parts.length - 1;
  let sum = parts[first]!.bytes;
  while (first > 0) {
    const older = parts[first - 1]!;
    sum += older.bytes;
    if (sum > bytes || older.at < now - seconds) break;
    first -= 1;
  }
  return parts.slice(first);
}
