/** The real engine with the tiny model, as tests talk to it. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OwnedProcess } from "../processes/owned-process.ts";
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
  readonly #process: OwnedProcess;
  readonly #key: string | undefined;

  constructor(origin: string, process: OwnedProcess, key?: string) {
    this.origin = origin;
    this.#process = process;
    this.#key = key;
  }

  get log(): string {
    return this.#process.log;
  }

  /** Resolves when it can answer. */
  async ready(): Promise<this> {
    await this.#process.says(/^engine: tiny ready/m);
    return this;
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

  /** Resolves with its exit code. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    await this.#process.end(signal);
    return (await this.#process.exited).code;
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
  const child = new OwnedProcess(process.execPath, args, {
    name: "the embedded engine",
    env: key === undefined ? {} : { HEARTH_ENGINE_KEY: key },
  });
  const [origin] = await child.says(/(?<=^engine: )http:\S+(?=, )/m);
  return new EngineProcess(origin, child, key);
}

export async function startEngine(options: EngineProcessOptions = {}): Promise<EngineProcess> {
  return (await spawnEngine(options)).ready();
}
