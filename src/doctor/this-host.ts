/** The machine that this runs on. */
import { execFile } from "node:child_process";
import { readFile, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { request } from "undici";
import { daemonFacts, presentImages } from "../containers/facts.ts";
import type { DiskFacts, Host, Ran } from "./host.ts";

const commandMilliseconds = 1500;
const answerMilliseconds = 800;

export function thisHost(env: NodeJS.ProcessEnv): Host {
  return {
    run: (command) => run(command, env),
    readFile: (path) => readFile(path, "utf8").catch(() => null),
    stat: async (path) => {
      const facts = await stat(path).catch(() => null);
      return facts && { folder: facts.isDirectory(), bytes: facts.size, mode: facts.mode & 0o7777 };
    },
    disk,
    get,
    daemon: () => daemonFacts(env.DOCKER_HOST || undefined),
    images: (names) => presentImages(names, env.DOCKER_HOST || undefined),
  };
}

function run(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const options = { env, timeout: commandMilliseconds, killSignal: "SIGKILL", encoding: "utf8" } as const;
    execFile(program!, args, options, (error, out, err) => {
      if (error === null) return resolve({ end: "exited", code: 0, out, err });
      const { code, killed } = error;
      if (killed) return resolve({ end: "late", code: null, out, err });
      // A string is a system error: it could not be started.
      if (typeof code === "string") return resolve({ end: "missing", code: null, out, err });
      resolve({ end: "exited", code: code ?? null, out, err });
    });
  });
}

async function disk(path: string): Promise<DiskFacts | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    const above = dirname(path);
    const { code } = error as NodeJS.ErrnoException;
    // What other users' folders hide is on the disk of the folder above, unless it is a mount of its own.
    return above !== path && (code === "ENOENT" || code === "EACCES") ? disk(above) : null;
  }
}

/** Bytes of an answer that are read: ours are short. */
const mostBytes = 65_536;

async function get(url: string): Promise<{ status: number; body: string } | null> {
  try {
    const { statusCode, body } = await request(url, { reset: true, signal: AbortSignal.timeout(answerMilliseconds) });
    let text = "";
    for await (const chunk of body.setEncoding("utf8")) {
      text += chunk as string;
      if (text.length > mostBytes) break;
    }
    return { status: statusCode, body: text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const nobody = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "ENOTFOUND"];
    return nobody.includes(code ?? "") ? null : { status: 0, body: "" };
  }
}
