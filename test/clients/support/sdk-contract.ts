/** What every SDK must see of Hearth: one suite, passed by each. */
import { join } from "node:path";
import { describe, expect } from "vitest";
import { testKey } from "../../support/hearth-client.ts";
import { model, pixel, test, tooLong } from "./clients-test.ts";
import { cacheFolder } from "./kept-folder.ts";

/** The weights of the real model stay there between runs. */
const realHome = join(cacheFolder, "home");

export interface Address {
  origin: string;
  key: string;
  model: string;
}

export interface Question {
  text: string;
  image?: Buffer;
  signal?: AbortSignal;
  /** Hears of the answer as it comes. */
  onText?: (text: string) => void;
}

export interface SdkClient {
  /** A streamed answer's text. Rejects with the SDK's own error. */
  stream(question: Question): Promise<string>;
  /** The same at once. */
  whole(question: Question): Promise<string>;
  /** Offers one tool, `weather` of a `city`; `answer` is what it returns. Resolves with the text after it. */
  withTool(text: string, answer: (city: string) => string): Promise<string>;
}

export interface Sdk<Installed extends object> {
  name: string;
  /** Or why it is missing. */
  install(): Promise<Installed | { missing: string }>;
  /** `retries`: how often it may try again by itself. */
  connect(packages: Installed, address: Address, retries: number): Promise<SdkClient>;
  /** A 429 is tried again by the SDK itself. */
  retries: boolean;
  /** The SDK's own class for a full window, by which its users compact; absent where it has none. */
  overflow?: string;
}

export async function sdkContract<Installed extends object>(sdk: Sdk<Installed>): Promise<void> {
  const { name, connect, retries, overflow = "" } = sdk;
  const packages = await sdk.install();
  if ("missing" in packages) {
    test(name, ({ skip }) => skip(packages.missing));
    return;
  }
  const client = ({ origin, key }: { origin: string; key: string }, tries = 0) =>
    connect(packages, { origin, key, model }, tries);

  describe(name, () => {
    test("the first question starts the model, and waits for its answer", async ({ scripted }) => {
      const hearth = await scripted({ script: { turns: [], plain: { say: "hello", tokens: 2 } }, loadMs: 3500 });
      const sdk = await client(hearth);
      expect(await sdk.stream({ text: "hi" })).toBe("hello hello ");
      expect(await sdk.whole({ text: "hi" })).toBe("hello hello ");
      expect(hearth.server.stats(model, "start")).toHaveLength(1);
    });

    test("a tool is called, and its result answered", async ({ scripted }) => {
      const turns = [
        { tokens: 0, calls: [{ name: "weather", arguments: { city: "Bergen" } }] },
        { say: "rain", tokens: 1 },
      ];
      const hearth = await scripted({ script: { turns } });
      const cities: string[] = [];
      const text = await (await client(hearth)).withTool("How is the weather in Bergen?", (city) => {
        cities.push(city);
        return "umbrellas everywhere";
      });
      expect([text, cities]).toEqual(["rain ", ["Bergen"]]);
      expect(JSON.stringify(hearth.sent().at(-1)!.body.messages)).toContain("umbrellas everywhere");
    });

    test("an image reaches the model byte for byte", async ({ scripted }) => {
      const hearth = await scripted();
      await (await client(hearth)).whole({ text: "What is this?", image: pixel });
      const [{ content }] = hearth.sent().at(-1)!.body.messages;
      const part = content.find(({ type }: { type: string }) => type === "image_url");
      expect(part.image_url.url).toBe(`data:image/png;base64,${pixel.toString("base64")}`);
    });

    test("40,000 tokens for a window of 32,768 are refused with both numbers, and nothing is started", async ({
      scripted,
    }) => {
      const hearth = await scripted();
      const sdk = await client(hearth);
      for (const ask of [sdk.stream, sdk.whole]) {
        const asked = expect(ask({ text: tooLong })).rejects;
        await asked.toThrow(new RegExp(`^${overflow}[^]*at least (39|40)\\d{3} tokens.*32768`));
      }
      expect(hearth.server.stats(model, "start")).toEqual([]);
    });

    test("an engine that dies in mid-answer is an error, never a short answer", async ({ scripted }) => {
      const hearth = await scripted({ script: { turns: [], plain: { tokens: 9, fate: "crash", after: 3, tag: "c" } } });
      const sdk = await client(hearth);
      await expect(sdk.stream({ text: "hi" })).rejects.toThrow();
      await expect(sdk.whole({ text: "hi" })).rejects.toThrow();
    });

    test("a 429 says what to do, and is tried again where the SDK does so", async ({ scripted }) => {
      const hearth = await scripted({ loadMs: 2000, config: { policy: { whenBusy: "reject" } } });
      await expect((await client(hearth)).whole({ text: "hi" })).rejects.toThrow(/is not free at once.*Ask again in/);
      if (retries) expect(await (await client(hearth, 10)).whole({ text: "hi" })).toContain("word1");
    });

    test("an abort ends the work of the engine", async ({ scripted }) => {
      const hearth = await scripted({ script: { turns: [], plain: { tokens: 9, fate: "hang", after: 3, tag: "h" } } });
      const abort = new AbortController();
      const answer = (await client(hearth)).stream({ text: "hi", signal: abort.signal, onText: () => abort.abort() });
      await Promise.allSettled([answer]);
      expect(await hearth.server.untilStats(model, "abort", "h")).toBeTruthy();
    });

    test("a real model answers", async ({ start }) => {
      const hearth = await start({
        models: ["smollm2-135m-instruct"],
        config: { memory: { budget: "2GiB" } },
        env: { HEARTH_HOME: realHome },
      });
      const address = { origin: hearth.url, key: testKey, model: "smollm2-135m-instruct" };
      const text = await (await connect(packages, address, 0)).stream({
        text: "What is the capital of France? Answer briefly.",
      });
      expect(text).toMatch(/Paris/);
    });
  });
}
