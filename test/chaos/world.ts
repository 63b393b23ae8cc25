/** One Hearth that is ended and started again, with models of which not all fit at once, and what is counted of it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HearthServer } from "../support/hearth-server.ts";
import { type Outcome, outcomes } from "./outcome.ts";

/** `a` and `b` take turns, `c` fits beside each. */
export const models = [
  { id: "a", memory: "600MiB", engine: ["--load-ms", "300"] },
  { id: "b", memory: "600MiB", engine: ["--load-ms", "300"] },
  { id: "c", memory: "100MiB", engine: ["--load-ms", "50"] },
];

const config = {
  log: { level: "info" },
  policy: {
    eagerness: "eager",
    hold: { streaming: "30s", buffered: "30s" },
    stall: "3s",
    drain: "10s",
    maxWait: "10m",
  },
};

const diskMiB = 48;

export class World {
  /** Folder of everything; on a disk of its own where this user may mount one. */
  readonly folder: string;
  readonly hasOwnDisk: boolean;
  server!: HearthServer;
  readonly counts: Record<Outcome, number>;
  /** Moments at which two engines of one model were alive. */
  doubled = 0;
  /** What somebody has to look at. */
  readonly faults: string[] = [];
  #watch: NodeJS.Timeout | null = null;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "hearth-chaos-"));
    this.hasOwnDisk = mounted(this.folder);
    this.counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  }

  async start(): Promise<void> {
    mkdirSync(join(this.folder, "home"), { recursive: true });
    this.server = await HearthServer.start({ home: this.folder, models, config });
    if (!this.server.alive) throw new Error(`Hearth ended at its start:\n${this.server.log}`);
    this.#watch ??= setInterval(() => this.#look(), 250).unref();
  }

  /** With the file as it is at the start: a storm of reloads leaves another one. */
  mendConfig(): void {
    this.server.writeConfig({ models, config });
  }

  count(outcome: Outcome): void {
    this.counts[outcome] += 1;
  }

  /** Engines that are alive, by their marks. */
  engines(): { pid: number; model: string; mark: string }[] {
    return readdirSync("/proc").flatMap((entry) => {
      if (!/^\d+$/.test(entry)) return [];
      const environment = readText(`/proc/${entry}/environ`);
      if (!environment.includes(this.folder)) return [];
      const [, mark] = /(?:^|\0)HEARTH_ENGINE=([^\0]*)/.exec(environment) ?? [];
      const [, model] = /(?:^|\0)HEARTH_MODEL=([^\0]*)/.exec(environment) ?? [];
      return mark === undefined || model === undefined ? [] : [{ pid: Number(entry), model, mark }];
    });
  }

  /** Ends everything; returns how many processes were left behind. */
  async end(): Promise<number> {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.faults.push(...(await this.server.stop()));
    const orphans = this.server.leftovers();
    for (const { pid } of orphans) process.kill(pid, "SIGKILL");
    if (this.hasOwnDisk) execFileSync("umount", ["-l", this.folder]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    return orphans.length;
  }

  #look(): void {
    const marks = new Map<string, string>();
    for (const { model, mark } of this.engines()) {
      if ((marks.get(model) ?? mark) !== mark) this.doubled += 1;
      marks.set(model, mark);
    }
  }
}

function mounted(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMiB}m`, "hearth-chaos", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
