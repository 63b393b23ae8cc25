/** A process that a test starts: the leader of a group of its own, which ends as a whole. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { groupGone, signalGroup, untilStill } from "./process-group.ts";

export interface OwnedOptions {
  cwd?: string;
  /** Beside PATH and TMPDIR, which every process gets. */
  env?: NodeJS.ProcessEnv;
  /** What the process is, for people who read why a test failed. Default: its command line. */
  name?: string;
  /** What it can read on stdin; kept open for `write` where this is given. */
  input?: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const owned = new Set<OwnedProcess>();

/** Ends every process that nobody has ended yet, and names them. */
export async function endAll(): Promise<string[]> {
  const left = [...owned];
  await Promise.all(left.map((process) => process.end("SIGKILL")));
  return left.map(({ name }) => name);
}

export class OwnedProcess {
  readonly name: string;
  /** Both its streams, as they came. */
  log = "";
  /** Stdout alone. */
  out = "";
  /** When it has ended and its streams are read. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();

  constructor(program: string, args: string[], { cwd, env = {}, name, input }: OwnedOptions = {}) {
    this.name = name ?? [program, ...args].join(" ");
    this.#child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...env },
      detached: true,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    this.#child.stdin?.on("error", () => {}).write(input);
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.log += text;
        if (stream === this.#child.stdout) this.out += text;
        for (const listener of this.#listeners) listener();
      });
    }
    owned.add(this);
    this.exited = once(this.#child, "close").then(([code, signal]) => {
      for (const listener of this.#listeners) listener();
      return { code, signal };
    });
    // Of a program that cannot be run nothing is left; who waits for its end is told why.
    this.exited.catch(() => owned.delete(this));
  }

  /** What it has not read when it ends is lost. */
  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** To the process alone, not to its group. */
  kill(signal: NodeJS.Signals): Promise<Exit> {
    this.#child.kill(signal);
    return this.exited;
  }

  /** As Ctrl-C in a terminal does it: its whole group hears of it. */
  interrupt(): void {
    signalGroup(this.pid, "SIGINT");
  }

  /** Waits for words in what it prints; rejects with its log when it ends without them or does nothing any more. */
  async says(words: RegExp): Promise<RegExpExecArray> {
    const found = Promise.withResolvers<RegExpExecArray>();
    found.promise.catch(() => {});
    const look = () => {
      const match = words.exec(this.log);
      if (match !== null) found.resolve(match);
      else if (!this.alive) found.reject(new Error(`${this.name} ended without ${words}:\n${this.log}`));
    };
    this.#listeners.add(look);
    look();
    try {
      return await this.#unlessStill(found.promise, `and has not said ${words}`);
    } finally {
      this.#listeners.delete(look);
    }
  }

  /** Waits for its end; rejects with its log when it does nothing any more instead. */
  ends(): Promise<Exit> {
    return this.#unlessStill(this.exited, "and does not end");
  }

  async #unlessStill<T>(awaited: Promise<T>, but: string): Promise<T> {
    const over = new AbortController();
    const still = untilStill(this, over.signal).then(() => {
      throw new Error(`${this.name} does nothing any more, ${but}:\n${this.log}`);
    });
    try {
      return await Promise.race([awaited, still]);
    } finally {
      over.abort();
      still.catch(() => {});
    }
  }

  /**
   * Ends it with its whole group, and resolves when the last of them is gone. After SIGTERM it may take its time as long
   * as it does something; then comes SIGKILL. False where it did not obey.
   */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<boolean> {
    if (this.#child.pid === undefined) return true;
    if (signal === "SIGTERM" && this.alive) {
      const over = new AbortController();
      const still = untilStill(this, over.signal).catch(() => {});
      // Its streams may stay open: its children have them too.
      const gone = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await Promise.race([gone, still]);
      over.abort();
    }
    const obeyed = !this.alive || signal === "SIGKILL";
    signalGroup(this.#child.pid, "SIGKILL");
    await groupGone(this.#child.pid);
    owned.delete(this);
    return obeyed;
  }
}
