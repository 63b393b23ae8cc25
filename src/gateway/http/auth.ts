/**
 * Who asks. `credentials.ts` says where a client's key stands; only SHA-256 hashes are kept, and compared in constant
 * time. Keys come from the configuration and from the store; where there never was one, the well-known key is for trying.
 */
import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { wellKnownKey } from "../../config/access.ts";
import { endOf } from "../../config/key-times.ts";
import type { KeyConfig } from "../../config/types.ts";
import { Problem } from "../../domain/problem.ts";
import type { Anonymous } from "./anonymous.ts";
import type { Cors } from "./cors.ts";
import { presentedKeys } from "./credentials.ts";
import { isLocal } from "./local.ts";
import { Sessions } from "./sessions.ts";
import type { WrongKeys } from "./wrong-keys.ts";

/** Keys that were made while running, beside those of the configuration. */
export interface KeySource {
  /** `hash` is `sha256:<hex>` of the secret that a client presented. */
  findByHash(hash: string): KeyConfig | null;
  /** Nobody has ever had a key of his own here. */
  neverOwn(): boolean;
}

type Asking = Pick<IncomingMessage, "headers" | "url" | "socket">;

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface Auth {
  /** The key that this request presents, which may use models. Throws a Problem. */
  authenticate(request: Asking): KeyConfig;
  /** For Fastify's `onRequest` or `preHandler`: the same. The key is then `request.key`. */
  requireKey: Hook;
  /** No key is needed, but a wrong one is said: who tries an address wants to know. */
  refuseWrongKey: Hook;
  /** The key is an administrator's (else `admin_key_required`). */
  requireAdmin: Hook;
  /** The key may read the metrics (else `role_not_allowed`). */
  requireMetrics: Hook;
  /** Begins a session of the console for a key: `cookie` is the value of `set-cookie`. Throws a Problem. */
  openSession(secret: string, request: Asking): { key: KeyConfig; cookie: string };
  /** Ends the request's session, if it has one. Returns the value of `set-cookie`. */
  closeSession(request: Asking): string;
  /** Takes effect for the next request. */
  apply(plan: AuthPlan): void;
}

export interface AuthPlan {
  /** Beside the stored ones. */
  keys: DigestedKey[];
  /** Null where every request needs a key. */
  anonymous: Anonymous | null;
  /** Only programs of this machine reach this server. */
  loopback: boolean;
}

export interface AuthParts {
  stored: KeySource;
  cors: Pick<Cors, "allows">;
  wrongKeys: WrongKeys;
}

/** A key, ready to be compared with what a client presents. */
export interface DigestedKey {
  key: KeyConfig;
  /** SHA-256 of its secret. */
  digest: Buffer;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, on routes behind one of the hooks. */
    key: KeyConfig | null;
  }
}

export function createAuth({ stored, cors, wrongKeys }: AuthParts, begin: AuthPlan): Auth {
  let plan = begin;
  const sessions = new Sessions();

  const digestOf = (secret: string): Buffer => hash("sha256", secret, "buffer");

  /** Throws a Problem where it has expired. */
  const known = (digest: Buffer, request: Asking): KeyConfig | null => {
    const found = anyKnown(digest, request);
    if (found !== null && endOf(found) * 1000 <= Date.now()) throw expired(found);
    return found;
  };

  const anyKnown = (digest: Buffer, request: Asking): KeyConfig | null => {
    let found: KeyConfig | null = null;
    for (const entry of plan.keys) if (timingSafeEqual(entry.digest, digest)) found = entry.key;
    if (found !== null) return found;
    if (timingSafeEqual(wellKnown.digest, digest)) return mayTry(request) ? wellKnown.key : null;
    return stored.findByHash(`sha256:${digest.toString("hex")}`);
  };

  const mayTry = (request: Asking): boolean =>
    stored.neverOwn() && plan.loopback && isLocal(request) && !isOfStrangePage(request);

  /** Every page of the world knows this key too, and can send it without being allowed to read the answer. */
  function isOfStrangePage({ headers: { origin, "sec-fetch-site": site = "none" } }: Asking): boolean {
    return origin === undefined ? !["none", "same-origin"].includes(String(site)) : !cors.allows(origin);
  }

  const identify = (request: Asking): KeyConfig => {
    const secrets = presentedKeys(request);
    if (secrets.length === 0) return ofSession(request) ?? missing();
    // Clients fill a place that they do not mean with a word of their own.
    for (const secret of secrets) {
      const found = known(digestOf(secret), request);
      if (found !== null) return found;
    }
    throw wrongKeys.refused(request.socket.remoteAddress ?? "");
  };

  /** A session ends with its key. */
  const ofSession = (request: Asking): KeyConfig | null => {
    const digest = sessions.digestOf(request);
    return digest === null ? null : known(digest, request);
  };

  /** Whose request is let in although it has no key, or null. A page of the web could send such a one from any browser. */
  const withoutKey = (request: Asking): KeyConfig | null => {
    const { anonymous } = plan;
    if (anonymous === null || ofSession(request) !== null) return null;
    const lets = anonymous.takes(request) && presentedKeys(request).length === 0 && !isOfStrangePage(request);
    return lets ? anonymous.key : null;
  };

  const authenticate = (request: Asking): KeyConfig => {
    const key = withoutKey(request) ?? identify(request);
    if (key.role === "metrics") throw wrongRole(key, "reads /metrics and nothing else");
    return key;
  };

  return {
    authenticate,
    async requireKey(request) {
      request.key = authenticate(request.raw);
    },
    async refuseWrongKey({ raw }) {
      if (presentedKeys(raw).length > 0) identify(raw);
    },
    async requireAdmin(request) {
      request.key = identify(request.raw);
      if (request.key.role !== "admin") throw adminOnly(request.key);
    },
    async requireMetrics(request) {
      request.key = identify(request.raw);
      if (request.key.role === "user") throw wrongRole(request.key, "uses models, and does not read /metrics");
    },
    openSession(secret, request) {
      const digest = digestOf(secret);
      const key = known(digest, request);
      if (key === null) throw wrongKeys.refused(request.socket.remoteAddress ?? "");
      if (key.role === "metrics") throw wrongRole(key, "reads /metrics and nothing else");
      return { key, cookie: sessions.open(digest, { secure: "encrypted" in request.socket }) };
    },
    closeSession: (request) => sessions.close(request),
    apply(next) {
      plan = next;
    },
  };
}

/** Throws a TypeError where a hash is none. */
export function digested(keys: KeyConfig[]): DigestedKey[] {
  return keys.map(digestedKey);
}

function digestedKey(key: KeyConfig): DigestedKey {
  const digest = Buffer.from(key.hash.replace(/^sha256:/, ""), "hex");
  if (digest.length !== 32) throw new TypeError(`the hash of key "${key.name}" is not sha256:<64 hex digits>`);
  return { key, digest };
}

const wellKnown = digestedKey(wellKnownKey);

function missing(): never {
  throw new Problem(
    "invalid_api_key",
    "No API key. Send it as `Authorization: Bearer <key>` or `x-api-key: <key>`; `hearth keys create` makes one.",
  );
}

function expired({ name, expires }: KeyConfig): Problem {
  return new Problem(
    "invalid_api_key",
    `The key "${name}" ended with ${expires}. Ask who runs this server for another one, or for more time.`,
  );
}

function adminOnly({ name }: KeyConfig): Problem {
  return new Problem(
    "admin_key_required",
    `The key "${name}" may not control Hearth. Use an admin key: \`hearth key\` shows the one of this installation.`,
  );
}

function wrongRole({ name, role }: KeyConfig, what: string): Problem {
  return new Problem("role_not_allowed", `The key "${name}" (role ${role}) ${what}. Use another key.`);
}
