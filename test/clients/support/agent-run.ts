/** One run of an agent's program, in a home and a folder of its own, without a way to the internet. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface AgentCommand {
  program: string;
  args: string[];
  env?: Record<string, string>;
}

export class AgentRun {
  /** What it printed, both streams. */
  output = "";
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor({ program, args, env = {} }: AgentCommand, { home, cwd }: { home: string; cwd: string }) {
    this.#child = spawn(program, args, {
      cwd,
      // A group of its own: agents start helpers.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...isolated, PATH: process.env.PATH, HOME: home, PWD: cwd, ...env },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (data) => {
        this.output += data;
      });
    }
    const timer = setTimeout(() => this.signal("SIGKILL"), 100_000);
    this.ended = once(this.#child, "close").then(([code]) => {
      clearTimeout(timer);
      return code;
    });
  }

  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.#child.pid!, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Nothing listens on port 9: whatever asks for the internet is refused at once. */
const isolated = {
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "127.0.0.1,localhost",
  DO_NOT_TRACK: "1",
  CI: "1",
  NO_COLOR: "1",
  TERM: "dumb",
  LANG: "C.UTF-8",
};
