import type { DatabaseSync } from "node:sqlite";
import { type ServiceTimes, works } from "../../domain/work.ts";
import { inTransaction } from "./database.ts";

export function serviceTimesTable(database: DatabaseSync) {
  const put = database.prepare("INSERT OR REPLACE INTO service_times (model, work, seconds) VALUES (?, ?, ?)");
  const all = database.prepare("SELECT model, work, seconds FROM service_times");
  return {
    set(times: ReadonlyMap<string, ServiceTimes>): undefined {
      inTransaction(database, () => {
        for (const [model, known] of times) {
          for (const work of works) if (known[work] !== undefined) put.run(model, work, known[work]);
        }
      });
    },
    all(): Map<string, ServiceTimes> {
      const rows = all.all() as { model: string; work: string; seconds: number }[];
      const groups = Map.groupBy(rows, ({ model }) => model);
      return new Map(
        [...groups].map(([model, each]) => [
          model,
          Object.fromEntries(each.map(({ work, seconds }) => [work, seconds])),
        ]),
      );
    },
  };
}
