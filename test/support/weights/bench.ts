/** What every test of downloads starts from: a fresh home, a server, and the call itself. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { WeightsSpec } from "../../../src/domain/model.ts";
import { ensureWeights, type WeightsOptions } from "../../../src/weights/weights.ts";
import { FileServer } from "./file-server.ts";
import { shortPatience } from "./weights-file.ts";

export interface Bench {
  home: string;
  server: FileServer;
  /** Where `model.gguf` ends up, and where everything about it is kept. */
  target: string;
  state: string;
  ensure(spec: WeightsSpec, options?: Partial<WeightsOptions>): Promise<string>;
  /** Bytes of the partial of a source, 0 where there is none. */
  kept(key: string): number;
}

/** Filled anew before each test of the file that calls this. */
export function useBench(): Bench {
  const bench = {} as Bench;
  beforeEach(async () => {
    const home = mkdtempSync(join(tmpdir(), "hearth-weights-"));
    const state = join(home, "weights", ".state", "model.gguf");
    Object.assign(bench, {
      home,
      server: await FileServer.start(),
      target: join(home, "weights", "model.gguf"),
      state,
      ensure: (spec: WeightsSpec, options: Partial<WeightsOptions> = {}) =>
        ensureWeights(spec, {
          home,
          signal: new AbortController().signal,
          onProgress() {},
          patience: shortPatience,
          ...options,
        }),
      kept: (key: string) => statSync(join(state, `${key}.bytes`), { throwIfNoEntry: false })?.size ?? 0,
    } satisfies Bench);
  });
  afterEach(async () => {
    await bench.server.close();
    rmSync(bench.home, { recursive: true, force: true });
  });
  return bench;
}

/** What a promise rejects with. */
export async function failure(promise: Promise<unknown>) {
  return promise.then(
    () => expect.fail("should have failed"),
    (error) => error,
  );
}
