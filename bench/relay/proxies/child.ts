import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process of the bench, with its output kept for when it fails. */
export class Child {
  readonly #process: ChildProcess;
  output = "";

  constructor(command: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
    this.#process = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const keep = (data: Buffer) => {
      this.output = (this.output + data).slice(-8000);
    };
    this.#process.stdout?.on("data", keep);
    this.#process.stderr?.on("data", keep);
    this.#process.on("error", (error) => keep(Buffer.from(error.message)));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get #alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && this.#process.pid !== undefined;
  }

  /** Polls until `ready` is true; throws with the process's output when it ended or took longer than `seconds`. */
  async until(ready: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!(await ready())) {
      if (!this.#alive) throw new Error(`it ended:\n${this.output}`);
      if (performance.now() > end) throw new Error(`it was not ready after ${seconds} s:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** SIGTERM, and SIGKILL to what is left after five seconds. */
  async stop(): Promise<void> {
    if (!this.#alive) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const kill = setTimeout(() => this.#process.kill("SIGKILL"), 5000);
    await exited;
    clearTimeout(kill);
  }
}

/** Whether something on this port answers a chat request with 200. */
export async function answers(port: number, key: string, model: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "ready?" }] }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
