/** Runs a command of `hearth` in this process, with streams that are kept and an environment of its own. */
import { PassThrough, Readable } from "node:stream";
import { runCli } from "../../src/cli/program.ts";

export interface CliResult {
  code: number;
  out: string;
  err: string;
}

export interface CliOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** What comes by pipe. */
  input?: string;
  signal?: AbortSignal;
  /** Hears of stdout so far whenever something is written. */
  onOut?: (text: string) => void;
}

export async function hearthCli(argv: string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, cwd = "/", input = "", signal = new AbortController().signal, onOut } = options;
  const written = { out: "", err: "" };
  const sink = (name: "out" | "err") => {
    const stream = new PassThrough().setEncoding("utf8");
    stream.on("data", (text: string) => {
      written[name] += text;
      if (name === "out") onOut?.(written.out);
    });
    return stream;
  };
  const out = sink("out");
  const err = sink("err");
  const code = await runCli(argv, { in: Readable.from([input]), out, err, env, cwd, signal, goOnUnread() {} });
  await new Promise((resolve) => setImmediate(resolve));
  return { code, ...written };
}
