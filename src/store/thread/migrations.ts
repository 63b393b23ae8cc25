/** The schemas, as the steps that led to them. A step that was released is never changed: add another one. */
export interface Migration {
  /** What `PRAGMA user_version` says once it is applied. Consecutive, from 1. */
  version: number;
  sql: string;
}

const usageColumns = `
        key TEXT NOT NULL,
        model TEXT NOT NULL,
        requests INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        cancelled INTEGER NOT NULL,
        estimated INTEGER NOT NULL,
        tokens_in INTEGER NOT NULL,
        tokens_out INTEGER NOT NULL,
        tokens_cached INTEGER NOT NULL,
        tokens_reasoning INTEGER NOT NULL,
        machine_ms REAL NOT NULL,
        wait_ms REAL NOT NULL,
        load_ms REAL NOT NULL,
        loads INTEGER NOT NULL,
        switches INTEGER NOT NULL`;

/** Keys, load history, what runs, records of requests. */
export const storeMigrations: Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
      CREATE TABLE keys (
        name TEXT PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        models TEXT NOT NULL,
        priority TEXT NOT NULL,
        admin INTEGER NOT NULL,
        created_at REAL NOT NULL
      ) STRICT;
      CREATE TABLE loads (
        id INTEGER PRIMARY KEY,
        model TEXT NOT NULL,
        seconds REAL NOT NULL,
        at REAL NOT NULL
      ) STRICT;
      CREATE INDEX loads_by_model ON loads (model, id);
      CREATE TABLE engines (
        pid INTEGER PRIMARY KEY,
        process_start TEXT NOT NULL,
        model TEXT NOT NULL,
        port INTEGER NOT NULL,
        api_key TEXT NOT NULL,
        spec_hash TEXT NOT NULL,
        generation INTEGER NOT NULL,
        started_at REAL NOT NULL,
        ready_at REAL
      ) STRICT;
    `,
  },
  {
    version: 2,
    sql: `
      CREATE TABLE requests (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        at REAL NOT NULL,
        key TEXT,
        api TEXT NOT NULL,
        route TEXT NOT NULL,
        model_asked TEXT,
        model_served TEXT,
        status INTEGER NOT NULL,
        problem TEXT,
        streaming INTEGER NOT NULL,
        wait_ms REAL,
        first_byte_ms REAL,
        total_ms REAL NOT NULL,
        request_bytes INTEGER NOT NULL,
        answer_bytes INTEGER NOT NULL,
        caused TEXT,
        fixups TEXT NOT NULL
      ) STRICT;
      CREATE INDEX requests_by_time ON requests (at);
    `,
  },
  {
    version: 3,
    // Whether an older home ever had a key cannot be told, so it counts as if it had. A new one has no name yet.
    sql: `
      ALTER TABLE keys ADD COLUMN role TEXT NOT NULL DEFAULT 'user';
      UPDATE keys SET role = 'admin' WHERE admin = 1;
      ALTER TABLE keys DROP COLUMN admin;
      INSERT INTO meta (name, value) SELECT 'own-keys', 'ever'
        WHERE EXISTS (SELECT 1 FROM meta) OR EXISTS (SELECT 1 FROM keys);
    `,
  },
  {
    version: 4,
    sql: `
      CREATE TABLE service_times (
        model TEXT NOT NULL,
        work TEXT NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (model, work)
      ) STRICT;
    `,
  },
  {
    version: 5,
    sql: `
      CREATE TABLE memory_uses (
        model TEXT NOT NULL,
        settings TEXT NOT NULL,
        start_peak_gib REAL NOT NULL,
        rest_gib REAL NOT NULL,
        PRIMARY KEY (model, settings)
      ) STRICT;
    `,
  },
  {
    version: 6,
    // Days are those of the machine's time zone, hours begin at whole ones of UTC. A refused request may have no model.
    sql: `
      ALTER TABLE requests ADD COLUMN load_ms REAL;
      ALTER TABLE requests ADD COLUMN machine_ms REAL NOT NULL DEFAULT 0;
      ALTER TABLE requests ADD COLUMN tokens_in INTEGER;
      ALTER TABLE requests ADD COLUMN tokens_out INTEGER;
      ALTER TABLE requests ADD COLUMN tokens_cached INTEGER;
      ALTER TABLE requests ADD COLUMN tokens_reasoning INTEGER;
      ALTER TABLE requests ADD COLUMN tokens_estimated INTEGER;
      ALTER TABLE requests ADD COLUMN tokens_per_second REAL;
      CREATE INDEX requests_by_key ON requests (key);
      CREATE TABLE usage_days (
        day TEXT NOT NULL,
        ${usageColumns},
        waits BLOB NOT NULL,
        first_bytes BLOB NOT NULL,
        speeds BLOB NOT NULL,
        PRIMARY KEY (day, key, model)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE usage_hours (
        hour INTEGER NOT NULL,
        ${usageColumns},
        PRIMARY KEY (hour, key, model)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 7,
    // `options`: what few keys have, as JSON. `key_uses`: of keys in hearth.yaml too.
    sql: `
      ALTER TABLE keys ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE keys ADD COLUMN prefix TEXT;
      ALTER TABLE keys ADD COLUMN created_by TEXT;
      CREATE TABLE key_uses (key TEXT PRIMARY KEY, at REAL NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE audit (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        by TEXT NOT NULL,
        address TEXT,
        act TEXT NOT NULL,
        target TEXT,
        details TEXT NOT NULL,
        request TEXT
      ) STRICT;
    `,
  },
];

/** What the scheduler lived through, in a file of its own. */
export const journalMigrations: Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        at REAL NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
    `,
  },
];
