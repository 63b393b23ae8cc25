/**
 * Asks pip where a wheel is, without fetching or installing anything: thus the user's own index, mirror, proxy and
 * certificates are used, and none is named here.
 */
import { execFile } from "node:child_process";
import { SourceFailure, SourceOutOfReach } from "./source.ts";

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

// `index versions` says most verbosely which files it found, in the same words from pip 21.2 to 26. The documented way,
// `install --dry-run --report`, fetches the whole wheel before it answers.
const findLinks = [
  ["-m", "pip", "index", "versions", "-vvv", "--no-color", "--no-input", "--no-cache-dir", "--retries", "1"],
  ["--timeout", "10", "--only-binary", ":all:", "--ignore-requires-python", "--disable-pip-version-check"],
].flat();

/** Throws a SourceFailure that says what pip said. */
export async function locateWheel(name: string, version: string, options: PipOptions): Promise<Wheel> {
  for (const python of ["python3", "python"]) {
    const run = await runPython(python, [...findLinks, name], options);
    options.signal.throwIfAborted();
    if (run.code === "ENOENT") continue;
    const link = linkIn(run.output, version);
    if (link === null) throw complaint(python, version, run);
    return link;
  }
  throw new SourceOutOfReach("it needs Python's pip to be found, and there is no python3 on the PATH");
}

interface Run {
  code: number | string;
  output: string;
  errors: string;
}

function runPython(python: string, args: string[], { env, directory, seconds, signal }: PipOptions): Promise<Run> {
  return new Promise((resolve) => {
    const limits = { timeout: seconds * 1000, killSignal: "SIGKILL", maxBuffer: 64 * 1024 * 1024, signal } as const;
    execFile(python, args, { cwd: directory, env, ...limits }, (error, output, errors) => {
      const code = error === null ? 0 : error.killed ? "timeout" : (error.code ?? "killed");
      resolve({ code, output, errors });
    });
  });
}

/** From a line such as `Found link https://host/a-1.0-py3-none-any.whl#sha256=12ab (from ...), version: 1.0`. */
function linkIn(output: string, version: string): Wheel | null {
  for (const [, link, found] of output.matchAll(/Found link (\S+?)(?: \(from .*)?, version: (\S+)$/gm)) {
    const url = URL.parse(link!);
    if (found !== version || url?.pathname.endsWith(".whl") !== true) continue;
    if (url.username !== "") throw new SourceOutOfReach(`${url.host} wants a password, which pip does not hand on`);
    const sha256 = /^#sha256=([0-9a-f]{64})$/.exec(url.hash)?.[1] ?? null;
    url.hash = "";
    return { url: url.href, sha256 };
  }
  return null;
}

function complaint(python: string, version: string, { code, output, errors }: Run): SourceFailure {
  if (code === "timeout") return new SourceOutOfReach("pip gave no answer in time");
  if (errors.includes("No module named pip")) {
    return new SourceOutOfReach(`it needs Python's pip to be found, and ${python} has none`);
  }
  if (errors.includes('unknown command "index"')) {
    return new SourceOutOfReach("pip is too old: 21.2 or newer is needed");
  }
  // Said before the error, which then only is that there is no such package.
  const unreachable = /Could not fetch URL (\S+): (.*?)(?: - skipping)?$/m.exec(output);
  if (unreachable !== null) return new SourceOutOfReach(`pip could not fetch ${unreachable[1]}: ${unreachable[2]}`);
  if (code === 0) {
    const versions = /^Available versions: (.*)$/m.exec(output)?.[1] ?? "none";
    return new SourceFailure(`the index has no wheel of version ${version}, only ${versions}`);
  }
  const lines = errors.split("\n").filter((line) => line.startsWith("ERROR:"));
  const last = errors.trim().split("\n").at(-1) || `ended with ${code}`;
  return new SourceFailure(`pip: ${lines.at(-1)?.slice("ERROR:".length).trim() ?? last}`);
}
