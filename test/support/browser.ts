/** A page in headless Chromium, steered over its DevTools protocol. */
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { OwnedProcess } from "./processes/owned-process.ts";
import { until } from "./until.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The path of a Chromium, or null where there is none. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Message = { id?: number; method?: string; params?: Record<string, unknown>; result?: unknown; error?: unknown };

export class Browser {
  /** Exceptions and console errors of the page. */
  readonly faults: string[] = [];
  readonly #process: OwnedProcess;
  readonly #folder: string;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
  #session: string | undefined;
  #sent = 0;

  static async open(chromium: string): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), "hearth-chromium-"));
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const args = [...flags, `--user-data-dir=${folder}`, "--remote-debugging-port=0", "about:blank"];
    const child = new OwnedProcess(chromium, args, { name: "Chromium", env: process.env });
    const [address] = await child.says(/ws:\/\/\S+(?=\s)/);
    const socket = new WebSocket(address);
    await once(socket, "open");
    const browser = new Browser(child, folder, socket);
    await browser.#attach();
    return browser;
  }

  constructor(child: OwnedProcess, folder: string, socket: WebSocket) {
    this.#process = child;
    this.#folder = folder;
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#hear(JSON.parse(String(data)) as Message));
  }

  /** Loads a page and waits until its scripts have run. */
  async go(url: string): Promise<void> {
    await this.#send("Page.navigate", { url });
    await this.until(`location.href.startsWith(${JSON.stringify(url)}) && document.readyState === "complete"`);
  }

  /** The value of an expression in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.#send("Runtime.evaluate", {
      ...{ expression, awaitPromise: true, returnByValue: true },
    })) as { result: { value?: unknown }; exceptionDetails?: object };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    await until(expression, async () => (await this.evaluate(`Boolean(${expression})`)) === true);
  }

  /** Types into what has the focus; `\t` and `\r` are keys. */
  async type(text: string): Promise<void> {
    const keys: Record<string, string> = { "\t": "Tab", "\r": "Enter" };
    for (const character of text) {
      const key = keys[character] ?? character;
      const code = { Tab: 9, Enter: 13 }[key];
      const event = { key, ...(code === undefined ? {} : { windowsVirtualKeyCode: code }) };
      await this.#send("Input.dispatchKeyEvent", { type: "keyDown", ...event, text: character });
      await this.#send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
  }

  /** The size of the window, in CSS pixels. */
  async size(width: number, height: number): Promise<void> {
    await this.#send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: true });
  }

  /** How the system says that it wants pages: dark or light, and with which languages. */
  async prefers({ dark, language }: { dark: boolean; language: string }): Promise<void> {
    const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
    await this.#send("Emulation.setEmulatedMedia", { features });
    await this.#send("Emulation.setLocaleOverride", { locale: language });
    const { userAgent } = (await this.#send("Browser.getVersion")) as { userAgent: string };
    await this.#send("Network.setUserAgentOverride", { userAgent, acceptLanguage: language });
  }

  /** The window as a PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = (await this.#send("Page.captureScreenshot", { format: "png" })) as { data: string };
    return Buffer.from(data, "base64");
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#process.end("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #attach(): Promise<void> {
    const { targetId } = (await this.#send("Target.createTarget", { url: "about:blank" })) as { targetId: string };
    const attached = (await this.#send("Target.attachToTarget", { targetId, flatten: true })) as { sessionId: string };
    this.#session = attached.sessionId;
    for (const domain of ["Page", "Runtime", "Log"]) await this.#send(`${domain}.enable`);
  }

  #send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#sent;
    const answer = Promise.withResolvers<unknown>();
    this.#answers.set(id, answer);
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    return answer.promise;
  }

  #hear({ id, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(new Error(JSON.stringify(error)));
    } else if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded") {
      this.faults.push(JSON.stringify(params));
    }
  }
}
