/** Connections to the engines: kept alive, one request at a time on each, closed when the engine is another. */
import type { Grant } from "../../link/link.ts";
import { EnginePool } from "./pool.ts";

interface Connected {
  generation: number;
  origin: string;
  pool: EnginePool;
  /** Paths that it was found not to have. */
  lacking: Set<string>;
}

export class Engines {
  readonly #byModel = new Map<string, Connected>();

  /** Connections to the engine of this grant; those to an earlier engine of its model end after their answers. */
  to(grant: Grant): EnginePool {
    return this.#connected(grant).pool;
  }

  /** The first of these calls whose route the engine may have; the last one where it has none of the others. */
  callTo<Call extends { path: string | null }>(grant: Grant, calls: Call[]): Call {
    const { lacking } = this.#connected(grant);
    return calls.find(({ path }) => path === null || !lacking.has(path)) ?? calls.at(-1)!;
  }

  /** Another engine of the model may have it: this holds for its generation. */
  noteLacking(grant: Grant, path: string): void {
    this.#connected(grant).lacking.add(path);
  }

  #connected(grant: Grant): Connected {
    const known = this.#byModel.get(grant.model);
    if (known?.generation === grant.generation && known.origin === grant.origin) return known;
    known?.pool.retire();
    const pool = new EnginePool(grant.origin);
    const connected = { generation: grant.generation, origin: grant.origin, pool, lacking: new Set<string>() };
    this.#byModel.set(grant.model, connected);
    return connected;
  }

  close(): void {
    for (const { pool } of this.#byModel.values()) pool.destroy();
    this.#byModel.clear();
  }
}
