/** Connections to the engines: kept alive, one request at a time on each, closed when the engine is another. */
import { Pool } from "undici";
import type { Grant } from "../../link/link.ts";

interface Connected {
  generation: number;
  origin: string;
  pool: Pool;
}

export class Engines {
  readonly #byModel = new Map<string, Connected>();

  /** Connections to the engine of this grant; those to an earlier engine of its model end after their answers. */
  to(grant: Grant): Pool {
    const known = this.#byModel.get(grant.model);
    if (known?.generation === grant.generation && known.origin === grant.origin) return known.pool;
    known?.pool.close().catch(() => {});
    // Time limits are the relay's own: it asks whether an engine still works before it gives it up.
    const pool = new Pool(grant.origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 });
    this.#byModel.set(grant.model, { generation: grant.generation, origin: grant.origin, pool });
    return pool;
  }

  async close(): Promise<void> {
    const pools = [...this.#byModel.values()].map(({ pool }) => pool);
    this.#byModel.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
