import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { playScenario } from "../gpu/scenario.ts";
import { test } from "../support/e2e.ts";

const smi = fileURLToPath(new URL("../gpu/simulated-smi.ts", import.meta.url));

test("engines that share a card take turns, and each begins when all of the last one's memory is back", async ({
  start,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "hearth-card-"));
  try {
    const [card, bin] = [join(folder, "card"), join(folder, "bin")];
    for (const each of [card, bin]) mkdirSync(each);
    const program = join(bin, "nvidia-smi");
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${smi}" "${card}" "$@"\n`);
    chmodSync(program, 0o755);
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const lines = await playScenario(start, { engineFlags: ["--card", card], env, folder });
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^Simulated card, driver 580\.0: 16\.0 GiB in all, 15\.6 GiB free$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
