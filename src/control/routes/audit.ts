import { z } from "zod";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { count } from "../schema/parameters.ts";

const entry = z
  .object({
    at: z.number().meta({ description: "Seconds since the epoch." }),
    by: z.string().meta({ description: "Name of the key." }),
    address: z.string().nullable().meta({ description: "Where it came from; null of a command while no server ran." }),
    act: z.string().meta({ description: "The name of the operation, as in this document." }),
    target: z.string().nullable().meta({ description: "The key, model or file that it was done to." }),
    details: z.record(z.string(), z.unknown()).meta({ description: "What was asked for. No secret." }),
    request: z.string().nullable().meta({ description: "Its `x-request-id`." }),
  })
  .meta({ id: "AuditEntry" });

export const auditRoutes = ({ audit }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/audit",
    id: "listAudit",
    summary: "What administrators did, the newest first: who, what and when",
    query: z.strictObject({ limit: count({ most: 10_000, usual: 100 }).meta({ description: "At most so many." }) }),
    answers: { 200: { description: "The entries.", schema: z.object({ entries: z.array(entry) }) } },
    run: async ({ query }) => ({ entries: await audit.find(query) }),
  }),
];
