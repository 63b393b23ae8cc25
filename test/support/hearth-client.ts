import { createHash } from "node:crypto";
import { Agent, request } from "undici";
import { EventStream } from "./event-stream.ts";
import { until } from "./until.ts";

/** The admin key of every server that the suite starts. */
export const testKey = "test-key-of-the-end-to-end-suite";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any;
}

export interface Init {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** null: without a key. */
  key?: string | null;
  signal?: AbortSignal;
}

/** Speaks HTTP to one Hearth, on connections of its own. */
export class HearthClient {
  readonly url: string;
  readonly #agent = new Agent({ bodyTimeout: 0, headersTimeout: 0, connections: null });

  constructor(url: string) {
    this.url = url;
  }

  async send(path: string, init: Init = {}): Promise<Answer> {
    const { statusCode, headers, body } = await request(this.url + path, this.#init(init));
    const bytes = Buffer.from(await body.arrayBuffer());
    const text = bytes.toString("utf8");
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: statusCode, headers, bytes, text, json };
  }

  get(path: string, init: Init = {}): Promise<Answer> {
    return this.send(path, { method: "GET", ...init });
  }

  post(path: string, body: unknown = {}, init: Init = {}): Promise<Answer> {
    return this.send(path, { method: "POST", ...json(body), ...init });
  }

  /** A buffered chat. */
  chat(model: string, fields: Record<string, unknown> = {}, init: Init = {}): Promise<Answer> {
    const { headers, ...rest } = init;
    const sent = json({ model, messages: [{ role: "user", content: "hello" }], ...fields });
    return this.send("/v1/chat/completions", {
      method: "POST",
      body: sent.body,
      headers: { ...sent.headers, ...headers },
      ...rest,
    });
  }

  /** A streamed chat; resolves with its headers. */
  async stream(model: string, fields: Record<string, unknown> = {}, init: Init = {}): Promise<EventStream> {
    const sent = json({ model, stream: true, messages: [{ role: "user", content: "hello" }], ...fields });
    return this.open("/v1/chat/completions", {
      method: "POST",
      body: sent.body,
      ...init,
      headers: { ...sent.headers, ...init.headers },
    });
  }

  async open(path: string, init: Init): Promise<EventStream> {
    const abort = new AbortController();
    const { statusCode, headers, body } = await request(this.url + path, this.#init({ ...init, signal: abort.signal }));
    return new EventStream(statusCode, headers, body, abort);
  }

  /** One model of `GET /debug/state`. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests assert its shape
  async model(id: string): Promise<any> {
    const { json: state } = await this.get("/debug/state");
    return state.models.find((model: { id: string }) => model.id === id);
  }

  untilState(id: string, state: string, seconds?: number): Promise<unknown> {
    return this.until(`${id} ${state}`, async () => (await this.model(id))?.state === state, seconds);
  }

  /** Waits until something about the server is true. */
  until(what: string, ask: () => Promise<boolean>, seconds?: number): Promise<true> {
    return until(what, ask, seconds === undefined ? {} : { seconds });
  }

  /** Cuts every connection. */
  disconnect(): Promise<void> {
    return this.#agent.destroy();
  }

  #init({ method = "GET", headers = {}, body, key = testKey, signal }: Init) {
    return {
      method,
      dispatcher: this.#agent,
      headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    };
  }
}

function json(body: unknown): { body: string | Buffer; headers: Record<string, string> } {
  const raw = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return { body: raw, headers: { "content-type": "application/json" } };
}

/** An entry of `keys:` for a secret. */
export function hashedKey(secret: string, fields: Record<string, unknown> = {}): object {
  const hash = `sha256:${createHash("sha256").update(secret).digest("hex")}`;
  return { name: secret, hash, models: ["*"], ...fields };
}
