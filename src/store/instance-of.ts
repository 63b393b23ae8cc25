import { join } from "node:path";
import { openDatabase } from "./thread/database.ts";
import { explained } from "./thread/failure.ts";
import { instanceIn } from "./thread/instance.ts";
import { storeMigrations } from "./thread/migrations.ts";

/**
 * The name of a home, beside a running Hearth too. For commands: it waits for the disk. Makes the home where there is
 * none; throws an Error that says what is in the way.
 */
export function instanceOf(home: string): string {
  const file = join(home, "hearth.db");
  const database = openDatabase(file, storeMigrations, "NORMAL");
  try {
    return explained(file, () => instanceIn(database));
  } finally {
    database.close();
  }
}
