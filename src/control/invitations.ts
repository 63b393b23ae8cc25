/**
 * Invitations: a link by which somebody gets a key of his own, once and soon. They live in memory alone, by the hash of their
 * code: who reads this process's files learns none, and a restart ends them.
 */
import { hash, randomBytes } from "node:crypto";
import { Problem } from "../domain/problem.ts";
import type { KeySettings } from "../store/keys.ts";

export interface Invitation {
  /** What the key will be. */
  settings: KeySettings;
  /** Name of the key that invited. */
  by: string;
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** More than a household sends out at once. */
const most = 100;

export class Invitations {
  readonly #open = new Map<string, Invitation>();
  readonly #now: () => number;

  /** `now`: seconds since the epoch. */
  constructor(now = () => Date.now() / 1000) {
    this.#now = now;
  }

  /** Returns the code. Throws a Problem where one of the same name is open, or there are too many. */
  add(invitation: Invitation): string {
    const { name } = invitation.settings;
    if (this.list().some(({ settings }) => settings.name === name)) {
      const message = `${JSON.stringify(name)} is invited already. Withdraw that invitation first, or wait until it ends.`;
      throw new Problem("invalid_request", message, { param: "name" });
    }
    if (this.#open.size >= most) {
      throw new Problem("invalid_request", `${most} invitations are open: withdraw some first.`);
    }
    const code = randomBytes(16).toString("base64url");
    this.#open.set(hash("sha256", code), invitation);
    return code;
  }

  list(): Invitation[] {
    for (const [id, { expiresAt }] of this.#open) if (expiresAt <= this.#now()) this.#open.delete(id);
    return [...this.#open.values()];
  }

  /** Null where there is none, or no longer. It stays open. */
  find(code: string): Invitation | null {
    this.list();
    return this.#open.get(hash("sha256", code)) ?? null;
  }

  /**
   * Uses one: nobody else can meanwhile, and afterwards it is gone; where `use` rejects it is open again. Null where there is
   * none, or no longer.
   */
  async accept<T>(code: string, use: (invitation: Invitation) => Promise<T>): Promise<T | null> {
    const invitation = this.find(code);
    if (invitation === null) return null;
    const id = hash("sha256", code);
    this.#open.delete(id);
    try {
      return await use(invitation);
    } catch (error) {
      this.#open.set(id, invitation);
      throw error;
    }
  }

  /** False where nobody of this name is invited. */
  withdraw(name: string): boolean {
    const [id] = [...this.#open].find(([, { settings }]) => settings.name === name) ?? [];
    return id !== undefined && this.#open.delete(id);
  }
}
