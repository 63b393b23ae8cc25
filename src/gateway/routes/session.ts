/** Sign-in of the console: a key is given once, a session stands for it from then on. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";
import type { Auth } from "../http/auth.ts";

const path = "/hearth/v1/session";
const bodyLimitBytes = 4096;

/** Register it in a scope of its own: its one body is small JSON. */
export async function sessionRoutes(app: FastifyInstance, { auth }: { auth: Auth }): Promise<void> {
  const never = { "cache-control": "no-store" };
  app.get(path, { onRequest: auth.requireKey }, async ({ key }, reply) => reply.headers(never).send(asked(key!)));

  app.post(path, { bodyLimit: bodyLimitBytes }, async (request, reply) => {
    const { key, cookie } = auth.openSession(secretIn(request), request.raw);
    return reply.headers({ ...never, "set-cookie": cookie }).send(asked(key));
  });

  app.delete(path, async ({ raw }: FastifyRequest, reply: FastifyReply) =>
    reply.headers({ ...never, "set-cookie": auth.closeSession(raw) }).send({ ended: true }),
  );
}

function asked({ name, role }: KeyConfig): { name: string; role: KeyConfig["role"] } {
  return { name, role };
}

function secretIn({ body }: FastifyRequest): string {
  const key = typeof body === "object" && body !== null && "key" in body ? body.key : undefined;
  if (typeof key === "string" && key.trim() !== "") return key.trim();
  throw new Problem("invalid_request", 'Send the key as JSON: {"key": "..."}.', { param: "key" });
}
