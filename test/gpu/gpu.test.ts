import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { gpuQuery, parseGpus } from "../../src/domain/gpu.ts";
import { test } from "../support/e2e.ts";
import { playScenario } from "./scenario.ts";

const pages = new URL("../../docs/gpu/", import.meta.url);

/** Why no card can be had here, or null. */
function obstacle(): string | null {
  const [program, ...args] = gpuQuery;
  const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  try {
    const [gpu] = parseGpus(execFileSync(program!, args, quiet));
    if (gpu === undefined) return "nvidia-smi names no GPU";
    if (gpu.freeGiB === null)
      return `${gpu.name} shares the host's memory, which the tests of shared memory look after`;
  } catch {
    return "no NVIDIA GPU here (nvidia-smi does not answer)";
  }
  try {
    const says = execFileSync("python3", ["-c", "import torch; print(torch.cuda.is_available())"], quiet);
    return says.trim() === "True" ? null : "PyTorch of this python3 sees no GPU";
  } catch {
    return "python3 here has no PyTorch";
  }
}

test("engines on a real card", { timeout: 540_000 }, async ({ start, skip }) => {
  const missing = obstacle();
  if (missing !== null) return skip(missing);
  const names = ["LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "PYTHONPATH", "VIRTUAL_ENV"];
  const env = Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const folder = mkdtempSync(join(tmpdir(), "hearth-gpu-"));
  const lines = await playScenario(start, { engineFlags: [], env, folder });
  console.log(lines.join("\n"));
  const name = lines[0]!.split(",")[0]!;
  mkdirSync(pages, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const text = `# ${name}\n\nMade by \`npm run -s test:gpu\` on ${day}.\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;
  writeFileSync(new URL(`${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.md`, pages), text);
  expect(lines.length).toBeGreaterThan(5);
});
