/**
 * A backup is one SQLite file: the database as it was, with two tables more that hold what a home has beside it. So it is
 * consistent by SQLite's own means, any SQLite reads it, and no path in it is ever followed.
 */

/** `PRAGMA application_id`: "HRTH". */
export const backupMark = 0x48525448;

/** Files of a home that a backup holds, by name. Weights, logs and what belongs to a running process are none. */
const kept = /^(?:journal\.db|hearth\.ya?ml|\.env|admin-key|instance|resolved\.json)$/;

export function isKept(name: string): boolean {
  return kept.test(name);
}

export const backupTables = `
  CREATE TABLE backup_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE backup_files (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL) STRICT;
`;

export const dropBackupTables = "DROP TABLE backup_facts; DROP TABLE backup_files; PRAGMA application_id = 0; VACUUM;";

export interface BackupFacts {
  /** ISO 8601. */
  at: string;
  /** Of the Hearth that made it. */
  version: string;
  home: string;
  /** Where its configuration lay; empty where it had none. */
  config: string;
}

export interface KeptFile {
  name: string;
  sha256: string;
  content: Uint8Array;
}
