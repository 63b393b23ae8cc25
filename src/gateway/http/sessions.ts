/**
 * The console's sessions: a cookie that no script can read stands for a key that was given once. They live in memory and
 * end with the key, with a logout, after a month without use, or with the server.
 */
import { hash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

type Asking = Pick<IncomingMessage, "headers">;

/** More than a household has; beyond it the one that was used least lately ends. */
const most = 1000;
const lifeSeconds = 30 * 24 * 3600;
const cookieName = "hearth_session";

interface Session {
  /** SHA-256 of the key. */
  digest: Buffer;
  usedAt: number;
}

export class Sessions {
  /** By the SHA-256 of the token, the least lately used first. */
  readonly #open = new Map<string, Session>();
  readonly #now: () => number;

  /** `now`: seconds. */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
  }

  /** Begins one for a key. Returns the value of `set-cookie`; `secure` where the page came by TLS. */
  open(digest: Buffer, { secure }: { secure: boolean }): string {
    const token = randomBytes(32).toString("base64url");
    this.#open.set(nameOf(token), { digest, usedAt: this.#now() });
    const [oldest] = this.#open.keys();
    if (this.#open.size > most) this.#open.delete(oldest!);
    return cookie(token, { maxAge: lifeSeconds, secure });
  }

  /** The SHA-256 of the key whose session a request belongs to, or null. A request that another page made belongs to none. */
  digestOf(request: Asking): Buffer | null {
    const token = tokenOf(request);
    if (token === null || !isOfThisPage(request)) return null;
    const name = nameOf(token);
    const session = this.#open.get(name);
    if (session === undefined) return null;
    this.#open.delete(name);
    if (this.#now() - session.usedAt > lifeSeconds) return null;
    session.usedAt = this.#now();
    this.#open.set(name, session);
    return session.digest;
  }

  /** Ends a request's session. Returns the value of `set-cookie` that makes the browser forget it. */
  close(request: Asking): string {
    const token = tokenOf(request);
    if (token !== null && isOfThisPage(request)) this.#open.delete(nameOf(token));
    return cookie("", { maxAge: 0, secure: false });
  }
}

function cookie(token: string, { maxAge, secure }: { maxAge: number; secure: boolean }): string {
  return `${cookieName}=${token}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

function tokenOf({ headers: { cookie = "" } }: Asking): string | null {
  for (const part of cookie.split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === cookieName && value) return value;
  }
  return null;
}

/**
 * SameSite takes other ports of this machine for the same site. Browsers send `origin` with everything that is no plain
 * GET, and `sec-fetch-site` wherever they trust the connection.
 */
function isOfThisPage({ headers: { origin, host = "", "sec-fetch-site": site } }: Asking): boolean {
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host.toLowerCase());
}

function nameOf(token: string): string {
  return hash("sha256", token);
}
