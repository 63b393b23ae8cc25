/** The real engine with the tiny model, as tests talk to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeTinyGguf } from "../tiny-gguf.ts";

const entry = new URL("../../../src/engine/main.ts", import.meta.url).pathname;

export interface EngineProcessOptions {
  variant?: "fixed" | "random";
  /** A larger model is a slower one. */
  sizeMb?: number;
  flags?: string[];
  key?: string;
}

export interface JsonAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely by tests
  body: any;
}

export class EngineProcess {
  readonly origin: string;
  readonly child: ChildProcess;
  readonly log: string[];
  /** The first line that starts like this, now or later. */
  readonly line: (start: string) => Promise<string>;
  readonly #key: string | undefined;

  constructor(origin: string, child: ChildProcess, log: string[], line: EngineProcess["line"], key?: string) {
    this.origin = origin;
    this.child = child;
    this.log = log;
    this.line = line;
    this.#key = key;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const key = this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` };
    return fetch(this.origin + path, { ...init, headers: { ...key, ...(init.headers as Record<string, string>) } });
  }

  async get(path: string): Promise<JsonAnswer> {
    const response = await this.fetch(path);
    return { status: response.status, body: await response.json() };
  }

  async post(path: string, body: unknown): Promise<JsonAnswer> {
    const response = await this.fetch(path, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  }

  /** Greedy, for one user message unless the fields say otherwise. */
  chat(fields: object = {}): Promise<JsonAnswer> {
    return this.post("/v1/chat/completions", chatBody(fields));
  }

  /** The events of a streamed answer, `[DONE]` as a string. */
  async events(path: string, body: object): Promise<(Record<string, unknown> | string)[]> {
    const response = await this.fetch(path, { method: "POST", body: JSON.stringify({ ...body, stream: true }) });
    const lines = (await response.text()).split("\n\n").filter((line) => line !== "");
    return lines.map((line) => (line === "data: [DONE]" ? "[DONE]" : JSON.parse(line.slice("data: ".length))));
  }

  /** A figure of /metrics. */
  async metric(name: string): Promise<number> {
    const text = await (await this.fetch("/metrics")).text();
    return Number(new RegExp(`^${name}{[^}]*} (.*)$`, "m").exec(text)?.[1]);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const exit = once(this.child, "exit");
    this.child.kill(signal);
    return (await exit)[0] as number | null;
  }
}

export function chatBody(fields: object = {}): object {
  return { messages: [{ role: "user", content: "hello" }], temperature: 0, ...fields };
}

/** Resolves once the port is open; the model may still be loading. */
export async function spawnEngine({
  variant = "fixed",
  sizeMb = 0,
  flags = [],
  key,
}: EngineProcessOptions = {}): Promise<EngineProcess> {
  const folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  const file = join(folder, "tiny.gguf");
  writeTinyGguf(file, { variant, sizeMb });
  const args = [entry, "--model-file", file, "--model-id", "tiny", "--port", "0", "--context", "512", ...flags];
  const env = { PATH: process.env.PATH, ...(key === undefined ? {} : { HEARTH_ENGINE_KEY: key }) };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  child.once("exit", () => rmSync(folder, { recursive: true }));
  const log: string[] = [];
  const lines = createInterface(child.stderr!);
  lines.on("line", (line) => log.push(line));
  const line = (start: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = log.find((one) => one.startsWith(start));
        if (found !== undefined) resolve(found);
      };
      look();
      lines.on("line", look);
      lines.once("close", () => reject(new Error(`the engine ended without "${start}":\n${log.join("\n")}`)));
    });
  const origin = /http:\S+(?=,)/.exec(await line("engine: http"))![0];
  return new EngineProcess(origin, child, log, line, key);
}

export async function startEngine(options: EngineProcessOptions = {}): Promise<EngineProcess> {
  const engine = await spawnEngine(options);
  await engine.line("engine: tiny ready");
  return engine;
}
