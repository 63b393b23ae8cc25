/**
 * The page behind an invitation's link. To look at it uses nothing up, since messengers look at links too; its one button
 * makes the key, which is shown there and never again. It needs no script, and nothing from elsewhere.
 */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../domain/problem.ts";
import type { Audit } from "../store/audit.ts";
import type { Keys } from "../store/keys.ts";
import { escaped, invitationHtml, keyHtml, pageStyle, wordsHtml } from "./invitation-html.ts";
import type { Invitations } from "./invitations.ts";

export interface InvitationPageParts {
  invitations: Invitations;
  keys: Pick<Keys, "create">;
  audit: Pick<Audit, "add">;
}

type Asked = FastifyRequest<{ Params: { code: string } }>;

/** Registers `GET` and `POST /invite/CODE`, in a scope of their own. */
export function registerInvitationPage(app: FastifyInstance, parts: InvitationPageParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // A form without fields: whatever comes is not read.
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: 1024 }, (_request, _body, done) => done(null));
    scope.get("/invite/:code", (request: Asked, reply) => {
      const invitation = parts.invitations.find(request.params.code);
      return invitation === null ? gone(reply) : send(reply, 200, invitationHtml(invitation));
    });
    scope.post("/invite/:code", (request: Asked, reply) => accept(request, reply, parts));
  });
}

async function accept(request: Asked, reply: FastifyReply, { invitations, keys, audit }: InvitationPageParts) {
  try {
    const made = await invitations.accept(request.params.code, ({ settings, by }) => keys.create(settings, by));
    if (made === null) return gone(reply);
    const { key, secret } = made;
    const about = { address: request.ip, target: key.name, details: {}, request: request.id };
    audit.add({ at: Date.now() / 1000, by: key.createdBy ?? "", act: "acceptInvitation", ...about });
    return send(reply, 200, keyHtml({ name: key.name, secret, origin: originOf(request) }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return send(reply, error.status, wordsHtml("This did not work", escaped(error.message)));
  }
}

/** As the one who reads the page has reached it. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}

function gone(reply: FastifyReply): FastifyReply {
  const words = "It has been used, has ended, or was withdrawn. Ask who sent it to you for another one.";
  return send(reply, 404, wordsHtml("This invitation is over", words));
}

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

function send(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    })
    .send(html);
}
