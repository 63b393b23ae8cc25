import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import { Problem } from "../../domain/problem.ts";
import type { StoredKey } from "../../store/rows.ts";
import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { configuredKey, keySettings, keyView, newKey, viewOf, viewOfConfigured } from "../schema/key.ts";

const named = z.strictObject({ name: text() });
const withSecret = { key: keyView, secret: z.string() };

export const keyRoutes = (context: ControlContext): Route[] => {
  const shown = (key: StoredKey) => viewOf(key, context.requests.lastUseOf(key.name));
  return [...bothEnds(context, shown), ...changes(context, shown)];
};

type Shown = (key: StoredKey) => z.output<typeof keyView>;

/** What is there, what comes to it and what goes. */
function bothEnds(context: ControlContext, shown: Shown): Route[] {
  const { keys, requests, configuredKeys } = context;
  return [
    route({
      method: "GET",
      path: "/keys",
      id: "listKeys",
      summary: "Keys that were made here, and those of hearth.yaml",
      answers: {
        200: {
          description: "The keys, without their secrets.",
          schema: z.object({
            keys: z.array(keyView),
            configured: z.array(configuredKey).meta({ description: "Those of hearth.yaml, which alone changes them." }),
          }),
        },
      },
      run: () => ({
        keys: keys.list().map(shown),
        configured: configuredKeys().map((key) => viewOfConfigured(key, requests.lastUseOf(key.name))),
      }),
    }),
    route({
      method: "POST",
      path: "/keys",
      id: "createKey",
      summary: "Make a key",
      body: newKey,
      answers: {
        201: {
          description: "The key, and its secret: shown here and never again.",
          schema: z.object({
            ...withSecret,
            first: z.boolean().meta({ description: "The first one here: with it the well-known key has ended." }),
          }),
        },
      },
      async run({ body, request }) {
        refuseTakenName(context, body.name);
        const { key, secret, first } = await keys.create(body, request.key?.name);
        return { key: shown(key), secret, first };
      },
    }),
    route({
      method: "DELETE",
      path: "/keys/{name}",
      id: "revokeKey",
      summary: "End a key: its next request is refused",
      params: named,
      answers: { 200: { description: "It is gone.", schema: z.object({ name: z.string() }) } },
      async run({ params: { name } }) {
        if (!(await keys.revoke(name))) unknown(name);
        return { name };
      },
    }),
  ];
}

function changes({ keys }: ControlContext, shown: Shown): Route[] {
  return [
    route({
      method: "PUT",
      path: "/keys/{name}",
      id: "changeKey",
      summary: "Change what a key may do; its secret stays",
      description: "What is left out becomes its default again.",
      params: named,
      body: keySettings,
      answers: { 200: { description: "The key as it is now.", schema: keyView } },
      run: async ({ params: { name }, body }) => shown((await keys.change({ ...body, name })) ?? unknown(name)),
    }),
    route({
      method: "POST",
      path: "/keys/{name}/rotate",
      id: "rotateKey",
      summary: "Give a key a new secret: the old one is refused from then on",
      params: named,
      answers: {
        200: { description: "The key, and its new secret: shown here and never again.", schema: z.object(withSecret) },
      },
      async run({ params: { name } }) {
        const { key, secret } = (await keys.rotate(name)) ?? unknown(name);
        return { key: shown(key), secret };
      },
    }),
  ];
}

function unknown(name: string): never {
  const message = `There is no key named ${JSON.stringify(name)} that was made here. See GET /keys.`;
  throw new Problem("invalid_request", message, { param: "name" });
}

/** Two keys of one name would be counted as one. Throws a Problem. */
export function refuseTakenName({ keys, configuredKeys }: ControlContext, name: string): void {
  const isConfigured = configuredKeys().some((key) => key.name === name);
  if (!isConfigured && !keys.list().some((key) => key.name === name)) return;
  const message = isConfigured
    ? `hearth.yaml has a key named ${JSON.stringify(name)} already. Choose another name.`
    : `A key named ${JSON.stringify(name)} exists. Revoke it first, or choose another name.`;
  throw new Problem("invalid_request", message, { param: "name" });
}
