/**
 * Asks pip where a wheel is, without installing anything: thus the user's own index, mirror, proxy and certificates
 * are used, and none is named here.
 */
import { execFile } from "node:child_process";
import { SourceFailure } from "./source.ts";

/** Where the wheel is and which it is. */
export interface Wheel {
  url: string;
  sha256: string | null;
}

export interface PipOptions {
  env: NodeJS.ProcessEnv;
  /** Started here: Python imports modules from where it is started. */
  directory: string;
  seconds: number;
  signal: AbortSignal;
}

// fast-deps: the wheel's metadata is read by range; without it pip fetches the whole wheel only to name it.
const fastDeps = ["--use-feature=fast-deps"];
const locate = [
  ["-m", "pip", "install", "--dry-run", "--report", "-", "--quiet", "--no-input", "--no-deps", "--ignore-installed"],
  ["--no-cache-dir", "--only-binary", ":all:", "--ignore-requires-python", "--retries", "1", "--timeout", "10"],
].flat();

/** Throws a SourceFailure that says what pip said. */
export async function locateWheel(name: string, version: string, options: PipOptions): Promise<Wheel> {
  const requirement = `${name}==${version}`;
  for (const python of ["python3", "python"]) {
    let run = await runPython(python, [...locate, ...fastDeps, requirement], options);
    if (run.code === 2 && run.errors.includes("fast-deps"))
      run = await runPython(python, [...locate, requirement], options);
    options.signal.throwIfAborted();
    if (run.code === "ENOENT") continue;
    if (run.code !== 0) throw new SourceFailure(complaint(python, run));
    return readReport(run.output);
  }
  throw new SourceFailure("it needs Python's pip to be found, and there is no python3 on the PATH");
}

interface Run {
  code: number | string;
  output: string;
  errors: string;
}

function runPython(python: string, args: string[], { env, directory, seconds, signal }: PipOptions): Promise<Run> {
  // Nothing is installed, so neither rule of a system that forbids installing applies.
  const quiet = { PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_BREAK_SYSTEM_PACKAGES: "1", PIP_REQUIRE_VIRTUALENV: "0" };
  return new Promise((resolve) => {
    const options = {
      cwd: directory,
      env: { ...env, ...quiet },
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      maxBuffer: 64 * 1024 * 1024,
      signal,
    } as const;
    execFile(python, args, options, (error, output, errors) => {
      const code = error === null ? 0 : error.killed ? "timeout" : (error.code ?? "killed");
      resolve({ code, output, errors });
    });
  });
}

function complaint(python: string, { code, errors }: Run): string {
  if (code === "timeout") return "pip gave no answer in time";
  if (errors.includes("No module named pip")) return `it needs Python's pip to be found, and ${python} has none`;
  if (errors.includes("no such option: --report")) return "pip is too old: 22.2 or newer is needed";
  const lines = errors.split("\n").filter((line) => line.startsWith("ERROR:"));
  return `pip: ${lines.at(-1)?.slice("ERROR:".length).trim() ?? (errors.trim().split("\n").at(-1) || `ended with ${code}`)}`;
}

function readReport(output: string): Wheel {
  try {
    const { download_info } = JSON.parse(output).install[0];
    return { url: new URL(download_info.url).href, sha256: download_info.archive_info?.hashes?.sha256 ?? null };
  } catch (error) {
    throw new SourceFailure("pip's report cannot be read", { cause: error });
  }
}
