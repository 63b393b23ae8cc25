import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import { keyFields, roles } from "../../config/schema/key.ts";
import { Problem } from "../../domain/problem.ts";
import type { StoredKey } from "../../store/rows.ts";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";

const key = z
  .object({
    name: z.string(),
    models: z.array(z.string()),
    priority: z.enum(["interactive", "batch"]),
    role: z.enum(roles),
    createdAt: z.number().meta({ description: "Seconds since the epoch." }),
  })
  .meta({ id: "Key" });

const wanted = z.strictObject(keyFields);

export const keyRoutes = ({ keys }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/keys",
    id: "listKeys",
    summary: "Keys that were made here; those of hearth.yaml stand there",
    answers: { 200: { description: "The keys, without their secrets.", schema: z.object({ keys: z.array(key) }) } },
    run: () => ({ keys: keys.list().map(withoutHash) }),
  }),
  route({
    method: "POST",
    path: "/keys",
    id: "createKey",
    summary: "Make a key",
    body: wanted,
    answers: {
      201: {
        description: "The key, and its secret: shown here and never again.",
        schema: z.object({
          key,
          secret: z.string(),
          first: z.boolean().meta({ description: "The first one here: with it the well-known key has ended." }),
        }),
      },
    },
    async run({ body }) {
      const { key: made, secret, first } = await keys.create(body);
      return { key: withoutHash(made), secret, first };
    },
  }),
  route({
    method: "DELETE",
    path: "/keys/{name}",
    id: "revokeKey",
    summary: "End a key: its next request is refused",
    params: z.strictObject({ name: text() }),
    answers: { 200: { description: "It is gone.", schema: z.object({ name: z.string() }) } },
    async run({ params: { name } }) {
      if (!(await keys.revoke(name))) {
        throw new Problem("invalid_request", `There is no key named ${JSON.stringify(name)} here. See GET /keys.`, {
          param: "name",
        });
      }
      return { name };
    },
  }),
];

function withoutHash({ name, models, priority, role, createdAt }: StoredKey): z.output<typeof key> {
  return { name, models, priority, role, createdAt };
}
