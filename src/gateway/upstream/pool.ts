/** The connections to one engine: as many as it has requests at once, kept alive in between. */
import { type AnswerListener, type ConnectionOwner, EngineConnection } from "./connection.ts";
import { Sending } from "./sending.ts";

/** Servers close idle connections after five seconds and up; one that closes while a request comes loses it. */
const longestIdleMs = 4000;
/** Earlier than the engine said by this much. */
const marginMs = 1000;

export class EnginePool implements ConnectionOwner {
  readonly #address: { host: string; port: number };
  readonly #hostHeader: string;
  readonly #all = new Set<EngineConnection>();
  /** The one that was used last is last. */
  readonly #free: EngineConnection[] = [];
  #retired = false;

  /** `origin`: `http://127.0.0.1:41234`. */
  constructor(origin: string) {
    const { hostname, port, host } = new URL(origin);
    this.#address = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) };
    this.#hostHeader = host;
  }

  /** `headers`: names and values in turn. The listener hears nothing before this returns. */
  post(path: string, headers: string[], body: Buffer, listener: AnswerListener): Sending {
    return this.#send(`POST ${path}`, ["content-length", String(body.length), ...headers], body, listener);
  }

  /** Likewise. */
  get(path: string, headers: string[], listener: AnswerListener): Sending {
    return this.#send(`GET ${path}`, headers, Buffer.alloc(0), listener);
  }

  #send(target: string, headers: string[], body: Buffer, listener: AnswerListener): Sending {
    let head = `${target} HTTP/1.1\r\nhost: ${this.#hostHeader}\r\n`;
    for (let i = 0; i < headers.length; i += 2) head += `${headers[i]}: ${headers[i + 1]}\r\n`;
    return new Sending({ head: `${head}\r\n`, body, listener }, this.#idleOne(), () => this.#fresh());
  }

  /** Running answers go on; their connections end with them. */
  retire(): void {
    this.#retired = true;
    for (const connection of this.#free.splice(0)) connection.close();
  }

  /** Cuts everything. */
  destroy(): void {
    for (const connection of this.#all) connection.close();
  }

  idle(connection: EngineConnection): void {
    if (this.#retired) connection.close();
    else this.#free.push(connection);
  }

  gone(connection: EngineConnection): void {
    if (!this.#all.delete(connection)) return;
    const at = this.#free.indexOf(connection);
    if (at >= 0) this.#free.splice(at, 1);
  }

  #idleOne(): EngineConnection | null {
    const now = performance.now();
    for (let known = this.#free.pop(); known !== undefined; known = this.#free.pop()) {
      if (now - known.idleSince < Math.min(longestIdleMs, known.keptMs - marginMs)) return known;
      known.close();
    }
    return null;
  }

  #fresh(): EngineConnection {
    const connection = new EngineConnection(this.#address, this);
    this.#all.add(connection);
    return connection;
  }
}
