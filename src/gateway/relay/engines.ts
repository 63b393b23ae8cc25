/** Connections to the engines: kept alive, one request at a time on each, closed when the engine is another. */
import { Pool } from "undici";
import type { Grant } from "../../link/link.ts";

interface Connected {
  generation: number;
  origin: string;
  pool: Pool;
  /** Paths that it was found not to have. */
  lacking: Set<string>;
}

export class Engines {
  readonly #byModel = new Map<string, Connected>();

  /** Connections to the engine of this grant; those to an earlier engine of its model end after their answers. */
  to(grant: Grant): Pool {
    return this.#connected(grant).pool;
  }

  /** The first of these ways whose route the engine may have; the last one where it has none of the others. */
  wayTo<Way extends { path: string | null }>(grant: Grant, ways: Way[]): Way {
    const { lacking } = this.#connected(grant);
    return ways.find(({ path }) => path === null || !lacking.has(path)) ?? ways.at(-1)!;
  }

  /** Another engine of the model may have it: this holds for its generation. */
  noteLacking(grant: Grant, path: string): void {
    this.#connected(grant).lacking.add(path);
  }

  #connected(grant: Grant): Connected {
    const known = this.#byModel.get(grant.model);
    if (known?.generation === grant.generation && known.origin === grant.origin) return known;
    known?.pool.close().catch(() => {});
    // Time limits are the relay's own: it asks whether an engine still works before it gives it up.
    const pool = new Pool(grant.origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 });
    const connected = { generation: grant.generation, origin: grant.origin, pool, lacking: new Set<string>() };
    this.#byModel.set(grant.model, connected);
    return connected;
  }

  async close(): Promise<void> {
    const pools = [...this.#byModel.values()].map(({ pool }) => pool);
    this.#byModel.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
