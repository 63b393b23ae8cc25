/** What a person's own key says: why it waits, how much is left, what it may use. */
import { z } from "zod";
import { keyLimits, roles } from "../../config/schema/key.ts";
import { limitNames } from "../../domain/limits/key-limits.ts";
import { dayOf } from "../../domain/usage.ts";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { openRequest } from "../schema/open-request.ts";

const gauge = z
  .object({
    limit: z.number(),
    used: z.number(),
    resetSeconds: z.number().meta({ description: "Until all of it is free again, if nothing more is used." }),
  })
  .meta({ id: "Gauge" });

const today = z.object({ requests: z.int(), tokensIn: z.int(), tokensOut: z.int(), machineSeconds: z.number() });

const me = z
  .object({
    name: z.string(),
    role: z.enum(roles),
    models: z.array(z.string()),
    limits: keyLimits,
    gauges: z.object(Object.fromEntries(limitNames.map((name) => [name, gauge.nullable()]))).meta({
      description: "How full the limits are; null where there is no such limit.",
    }),
    hours: z.string().nullable(),
    expires: z.string().nullable(),
    requests: z.array(openRequest).meta({ description: "Its requests that wait or are answered now." }),
    today,
  })
  .meta({ id: "Me" });

export const meRoutes = ({ people, requests }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/me",
    id: "getMe",
    access: "user",
    summary: "Your own key: what waits and why, how full its limits are, and what it used today",
    answers: { 200: { description: "The key of this request.", schema: me } },
    async run({ request }) {
      const key = request.key!;
      const { name, role, models, limits = {}, hours = null, expires = null } = key;
      const day = dayOf(Date.now() / 1000);
      const [used] = await requests.usage({ by: [], from: day, to: day, key: name });
      const { requests: count = 0, tokensIn = 0, tokensOut = 0, machineSeconds = 0 } = used ?? {};
      return {
        ...{ name, role, models, limits, hours, expires },
        gauges: people.gauges(key),
        requests: people.open(name),
        today: { requests: count, tokensIn, tokensOut, machineSeconds },
      };
    },
  }),
];
