/**
 * Who asks. A client presents its secret as `Authorization: Bearer ...`, `x-api-key` or `x-goog-api-key`; only SHA-256 hashes are
 * kept, and compared in constant time. Keys come from the configuration and from the store.
 */
import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";

/** Keys that were made while running, beside those of the configuration. */
export interface KeySource {
  /** `hash` is `sha256:<hex>` of the secret that a client presented. */
  findByHash(hash: string): KeyConfig | null;
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface Auth {
  /** The key of these headers. Throws a Problem (`invalid_api_key`). */
  authenticate(headers: IncomingHttpHeaders): KeyConfig;
  /** For Fastify's `onRequest` or `preHandler`: a valid key. It is then `request.key`. */
  requireKey: Hook;
  /** The same, and the key is an administrator's (`admin_key_required`). */
  requireAdmin: Hook;
  /** Takes effect for the next request. */
  setKeys(keys: KeyConfig[]): void;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, on routes behind `requireKey` or `requireAdmin`. */
    key: KeyConfig | null;
  }
}

export function createAuth(stored: KeySource, configured: KeyConfig[]): Auth {
  let keys = digests(configured);

  const authenticate = (headers: IncomingHttpHeaders): KeyConfig => {
    const secret = presented(headers);
    if (secret === null) throw missingKey();
    const digest = hash("sha256", secret, "buffer");
    let found: KeyConfig | null = null;
    for (const entry of keys) if (timingSafeEqual(entry.digest, digest)) found = entry.key;
    found ??= stored.findByHash(`sha256:${digest.toString("hex")}`);
    if (found === null) throw wrongKey();
    return found;
  };

  const requireKey: Hook = async (request) => {
    request.key = authenticate(request.headers);
  };

  return {
    authenticate,
    requireKey,
    async requireAdmin(request, reply) {
      await requireKey(request, reply);
      if (request.key?.admin !== true) throw adminOnly(request.key);
    },
    setKeys(next) {
      keys = digests(next);
    },
  };
}

function presented(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const bearer = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (bearer !== undefined) return bearer;
  }
  const plain = headers["x-api-key"] ?? headers["x-goog-api-key"];
  return typeof plain === "string" && plain !== "" ? plain : null;
}

function digests(keys: KeyConfig[]): { key: KeyConfig; digest: Buffer }[] {
  return keys.map((key) => {
    const digest = Buffer.from(key.hash.replace(/^sha256:/, ""), "hex");
    if (digest.length !== 32) throw new TypeError(`the hash of key "${key.name}" is not sha256:<64 hex digits>`);
    return { key, digest };
  });
}

function missingKey(): Problem {
  return new Problem(
    "invalid_api_key",
    "No API key. Send it as `Authorization: Bearer <key>` or `x-api-key: <key>`; `hearth keys create` makes one.",
  );
}

function wrongKey(): Problem {
  return new Problem(
    "invalid_api_key",
    "This API key is not known here. Check it for typing errors, or make one with `hearth keys create`.",
  );
}

function adminOnly(key: KeyConfig | null): Problem {
  return new Problem(
    "admin_key_required",
    `The key "${key?.name}" may use models but not control Hearth. Use a key with \`admin: true\`.`,
  );
}
