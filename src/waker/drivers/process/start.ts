import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { memoryShare } from "../../../domain/memory-share.ts";
import { fill } from "../../../domain/placeholders.ts";
import type { EngineRecord } from "../../../store/rows.ts";
import type { Engine, ExitReason, StartOrder } from "../../driver.ts";
import { kernelMemoryKills } from "../kernel-kills.ts";
import { processEngine } from "./engine.ts";
import { engineEnvironment } from "./environment.ts";
import { exitReason } from "./exit-reason.ts";
import { identityVariables } from "./identity.ts";
import { logPath, openLog } from "./logs.ts";
import { processEntry } from "./process-table.ts";

export interface StartParts {
  home: string;
  instance: string;
  port: number;
  /** Program and arguments, placeholders not yet filled in. */
  command: string[];
  env: Record<string, string>;
  cwd?: string;
  onStarted: (record: EngineRecord) => void;
  onGone: () => void;
}

/** Starts the processes of one engine. Rejects when the program cannot be run at all. */
export async function startProcess(order: StartOrder, parts: StartParts): Promise<Engine> {
  const { instance, port } = parts;
  const model = order.spec.id;
  const { apiKey: key, poolGiB, weights } = order;
  const values = { port, model, weights, key, share: memoryShare(order.spec.memoryGiB, poolGiB) };
  const [program, ...args] = parts.command.map((part) => fill(part, values));
  if (program === undefined) throw new Error(`${model} has an empty runtime.command.`);
  const env = engineEnvironment(process.env, parts.env, values, identityVariables(instance, order, port));
  const logFile = logPath(parts.home, model);
  const log = openLog(logFile);
  const context = { stopped: false, killsBefore: kernelMemoryKills() };
  // Detached: a session and a process group of its own, which Ctrl-C on Hearth's terminal does not reach.
  const child = spawn(program, args, {
    env,
    detached: true,
    stdio: ["ignore", log, log],
    ...(parts.cwd === undefined ? {} : { cwd: parts.cwd }),
  });
  closeSync(log);
  const exited = new Promise<ExitReason>((resolve) => {
    child.once("exit", (code, signal) => resolve(exitReason(code, signal, context)));
  });
  const { pid } = child;
  if (pid === undefined) throw await cannotRun(child, program, parts.cwd);
  child.unref();
  parts.onStarted({
    model,
    pid,
    processStart: processEntry(pid)?.start ?? "",
    port,
    apiKey: order.apiKey,
    specHash: order.specHash,
    generation: order.generation,
    startedAt: Date.now() / 1000,
    readyAt: null,
  });
  const { specHash, generation, apiKey } = order;
  return processEngine({
    identity: { model, specHash, generation, apiKey, port },
    instance,
    pid,
    logFile,
    exited,
    onStop: () => {
      context.stopped = true;
    },
    onGone: parts.onGone,
  });
}

function cannotRun(child: ReturnType<typeof spawn>, program: string, cwd: string | undefined): Promise<Error> {
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const where = cwd === undefined ? "" : ` in ${cwd}`;
      const hint = error.code === "ENOENT" ? " Is it installed, and does the directory exist?" : "";
      resolve(new Error(`Cannot run ${program}${where}: ${error.message}.${hint}`, { cause: error }));
    });
  });
}
