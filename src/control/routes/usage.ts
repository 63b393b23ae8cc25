/** Who used how much of the machine. */
import type { z } from "zod";
import type { UsageRow, UsageSums } from "../../domain/usage.ts";
import type { ControlContext } from "../context.ts";
import { csvLine, flattened } from "../csv.ts";
import { costOf } from "../power.ts";
import { type Route, route } from "../route.ts";
import { ownUsageQuery, usageAnswer, usageFilter, usageQuery, usageRow } from "../schema/usage.ts";

type Query = z.output<typeof usageQuery>;

export const usageRoutes = (context: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/usage",
    id: "getUsage",
    summary: "Requests, tokens, seconds of the machine, energy and money, by key, model, day or hour",
    query: usageQuery,
    answers: { 200: { description: "The sums; they are never lost when records go.", schema: usageAnswer } },
    run: ({ query }) => usageFor(context, query),
  }),
  route({
    method: "GET",
    path: "/usage.csv",
    id: "exportUsage",
    summary: "The same as a table for spreadsheets",
    query: usageQuery,
    answers: { 200: { description: "A line a row, with names of the columns first.", contentType: "text/csv" } },
    async run({ query, reply }) {
      const { rows } = await usageFor(context, query);
      const columns = [...query.by, ...columnsOfAll.filter((name) => !isDimension(name))];
      const lines = rows.map((row) => {
        const flat = flattened(row);
        return csvLine(columns.map((name) => flat[name]));
      });
      reply.type("text/csv; charset=utf-8").header("content-disposition", 'attachment; filename="usage.csv"');
      return csvLine(columns) + lines.join("");
    },
  }),
  route({
    method: "GET",
    path: "/me/usage",
    id: "getOwnUsage",
    access: "user",
    summary: "What your own key has used",
    query: ownUsageQuery,
    answers: { 200: { description: "The sums.", schema: usageAnswer } },
    run: ({ query, request }) => usageFor(context, { ...query, key: request.key!.name }),
  }),
];

const dimensions = new Set(["day", "hour", "key", "model"]);
const isDimension = (name: string) => dimensions.has(name);
const spreads = new Set(["waitMs", "firstByteMs", "tokensPerSecond"]);
const columnsOfAll = Object.keys(usageRow.shape).flatMap((name) =>
  spreads.has(name) ? [`${name}.p50`, `${name}.p95`] : [name],
);

async function usageFor({ requests, power }: ControlContext, query: Query): Promise<z.output<typeof usageAnswer>> {
  const filter = usageFilter(query);
  const [rows, [total = nothing]] = await Promise.all([
    requests.usage(filter),
    // Of whole days, which know how values spread.
    requests.usage({ ...filter, by: [] }),
  ]);
  const now = power();
  const costed = (row: UsageRow) => ({ ...row, ...costOf(row.machineSeconds, now) });
  const { from, to, by } = filter;
  return { from, to, by: [...by], currency: now.currency, rows: rows.map(costed), total: costed(total) };
}

const nothing: UsageSums = {
  ...{ requests: 0, failed: 0, cancelled: 0, estimated: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0 },
  ...{ tokensReasoning: 0, machineSeconds: 0, waitSeconds: 0, loadSeconds: 0, loads: 0, switches: 0 },
};
