/**
 * Who asks. `credentials.ts` says where a client's key stands; only SHA-256 hashes are kept, and compared in constant
 * time. Keys come from the configuration and from the store.
 */
import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";
import { presentedKeys } from "./credentials.ts";

/** Keys that were made while running, beside those of the configuration. */
export interface KeySource {
  /** `hash` is `sha256:<hex>` of the secret that a client presented. */
  findByHash(hash: string): KeyConfig | null;
}

type Asking = Pick<IncomingMessage, "headers" | "url">;

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface Auth {
  /** The key that this request presents. Throws a Problem (`invalid_api_key`). */
  authenticate(request: Asking): KeyConfig;
  /** For Fastify's `onRequest` or `preHandler`: a valid key. It is then `request.key`. */
  requireKey: Hook;
  /** The same, and the key is an administrator's (`admin_key_required`). */
  requireAdmin: Hook;
  /** Takes effect for the next request. */
  setKeys(keys: DigestedKey[]): void;
}

/** A key, ready to be compared with what a client presents. */
export interface DigestedKey {
  key: KeyConfig;
  /** SHA-256 of its secret. */
  digest: Buffer;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, on routes behind `requireKey` or `requireAdmin`. */
    key: KeyConfig | null;
  }
}

/** `planned`: the keys beside the stored ones. */
export function createAuth(stored: KeySource, planned: DigestedKey[]): Auth {
  let keys = planned;

  const known = (secret: string): KeyConfig | null => {
    const digest = hash("sha256", secret, "buffer");
    let found: KeyConfig | null = null;
    for (const entry of keys) if (timingSafeEqual(entry.digest, digest)) found = entry.key;
    return found ?? stored.findByHash(`sha256:${digest.toString("hex")}`);
  };

  const authenticate = (request: Asking): KeyConfig => {
    const secrets = presentedKeys(request);
    if (secrets.length === 0) throw missingKey();
    // Clients fill a place that they do not mean with a word of their own.
    for (const secret of secrets) {
      const found = known(secret);
      if (found !== null) return found;
    }
    throw wrongKey();
  };

  const requireKey: Hook = async (request) => {
    request.key = authenticate(request);
  };

  return {
    authenticate,
    requireKey,
    async requireAdmin(request, reply) {
      await requireKey(request, reply);
      if (request.key?.admin !== true) throw adminOnly(request.key);
    },
    setKeys(next) {
      keys = next;
    },
  };
}

/** Throws a TypeError where a hash is none. */
export function digested(keys: KeyConfig[]): DigestedKey[] {
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
