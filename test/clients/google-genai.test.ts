import { describe, expect } from "vitest";
import { model, test } from "./support/clients-test.ts";
import { installed, type Packages } from "./support/packages.ts";
import { type Address, type Sdk, sdkContract } from "./support/sdk-contract.ts";

async function clientOf(packages: Packages, { origin, key }: Omit<Address, "model">, httpOptions: object = {}) {
  const { GoogleGenAI } = await packages.load("@google/genai");
  return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: origin, ...httpOptions } });
}

const weather = {
  name: "weather",
  description: "The weather in a city",
  parameters: { type: "OBJECT", properties: { city: { type: "STRING" } }, required: ["city"] },
};

const google: Sdk<Packages> = {
  name: "Google Gen AI SDK",
  install: () => installed("sdks"),
  retries: true,
  async connect(packages, address, retries) {
    const { models, chats } = await clientOf(packages, address, {
      ...(retries > 0 ? { retryOptions: { attempts: retries + 1 } } : {}),
    });
    const parts = (text: string, image?: Buffer) => [
      { text },
      ...(image === undefined ? [] : [{ inlineData: { mimeType: "image/png", data: image.toString("base64") } }]),
    ];
    const asking = (text: string, image?: Buffer, abortSignal?: AbortSignal) => ({
      model: address.model,
      contents: [{ role: "user", parts: parts(text, image) }],
      config: { temperature: 0, ...(abortSignal === undefined ? {} : { abortSignal }) },
    });
    return {
      async stream({ text, image, signal, onText }) {
        let answer = "";
        for await (const chunk of await models.generateContentStream(asking(text, image, signal))) {
          answer += chunk.text ?? "";
          if (chunk.text) onText?.(answer);
        }
        return answer;
      },
      async whole({ text, image, signal }) {
        return (await models.generateContent(asking(text, image, signal))).text;
      },
      async withTool(text, answer) {
        const config = { temperature: 0, tools: [{ functionDeclarations: [weather] }] };
        const chat = chats.create({ model: address.model, config });
        const first = await chat.sendMessage({ message: text });
        const message = first.functionCalls.map(
          ({ id, name, args }: { id: string; name: string; args: { city: string } }) => ({
            functionResponse: { id, name, response: { output: answer(args.city) } },
          }),
        );
        return (await chat.sendMessage({ message })).text;
      },
    };
  },
};

await sdkContract(google);

const packages = await installed("sdks");
if (!("missing" in packages)) {
  describe("Google Gen AI SDK, and what is its own", () => {
    test.for(["v1beta", "v1"])(
      "%s: a chat is streamed, and what was said is sent along",
      async (apiVersion, { scripted }) => {
        const hearth = await scripted({ script: { turns: [], plain: { say: "hello", tokens: 3 } }, loadMs: 2500 });
        const { chats } = await clientOf(packages, hearth, { apiVersion });
        const chat = chats.create({ model, config: { systemInstruction: "be kind" } });
        for (const message of ["one", "two"]) {
          let text = "";
          for await (const chunk of await chat.sendMessageStream({ message })) text += chunk.text ?? "";
          expect(text).toBe("hello hello hello ");
        }
        expect(hearth.sent().at(-1)!.body.messages).toEqual([
          { role: "system", content: "be kind" },
          { role: "user", content: "one" },
          { role: "assistant", content: "hello hello hello " },
          { role: "user", content: "two" },
        ]);
      },
    );

    test("a call is streamed whole, and the SDK's own loop answers it", async ({ scripted }) => {
      const turns = [
        { tokens: 1, say: "hm", calls: [{ name: "weather", arguments: { city: "Bergen" } }] },
        { say: "rain", tokens: 1 },
      ];
      const hearth = await scripted({ script: { turns } });
      const { models } = await clientOf(packages, hearth);
      const cities: unknown[] = [];
      const tool = {
        tool: async () => ({ functionDeclarations: [weather] }),
        callTool: async (calls: { id: string; name: string; args: { city: string } }[]) => {
          cities.push(...calls.map(({ args }) => args.city));
          return calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: "umbrellas" } } }));
        },
      };
      const stream = await models.generateContentStream({ model, contents: "weather?", config: { tools: [tool] } });
      let text = "";
      for await (const { candidates } of stream) {
        for (const part of candidates[0].content.parts) text += part.text ?? "";
      }
      expect([text, cities]).toEqual(["hm rain ", ["Bergen"]]);
      expect(hearth.sent().at(-1)!.body.messages.at(-1)).toMatchObject({ role: "tool", content: "umbrellas" });
    });

    test("models are listed and found, their limits with them", async ({ scripted }) => {
      const { models } = await clientOf(packages, await scripted({ fields: { id: "org/tool-user" } }));
      const listed = [];
      for await (const one of await models.list()) listed.push(one);
      expect(listed).toMatchObject([
        {
          name: "models/org/tool-user",
          inputTokenLimit: 32_768,
          supportedActions: expect.arrayContaining(["generateContent", "countTokens"]),
        },
      ]);
      expect((await models.get({ model: "org/tool-user" })).name).toBe("models/org/tool-user");
      await expect(models.get({ model: "nobody" })).rejects.toMatchObject({ name: "ApiError", status: 404 });
      expect((await models.generateContent({ model: "org/tool-user", contents: "hi" })).text).toContain("word1");
    });

    test("tokens are counted without starting the model, and usage comes with the answer", async ({ scripted }) => {
      const hearth = await scripted();
      const { models } = await clientOf(packages, hearth);
      const { totalTokens } = await models.countTokens({ model, contents: "How long is this?" });
      expect(totalTokens).toBeGreaterThan(4);
      expect(hearth.server.stats(model, "start")).toEqual([]);
      const { usageMetadata, candidates, modelVersion } = await models.generateContent({ model, contents: "hi" });
      expect(usageMetadata.totalTokenCount).toBe(usageMetadata.promptTokenCount + usageMetadata.candidatesTokenCount);
      expect([candidates[0].finishReason, modelVersion]).toEqual(["STOP", model]);
    });

    test("texts are embedded", async ({ scripted }) => {
      const hearth = await scripted({ fields: { capabilities: ["embeddings"] } });
      const { models } = await clientOf(packages, hearth);
      const { embeddings } = await models.embedContent({ model, contents: ["one", "two"] });
      expect(embeddings).toHaveLength(2);
      for (const { values } of embeddings) expect(values.length).toBeGreaterThan(0);
    });

    test("a wrong key, and a file that no model here reads, are errors of the SDK's own kind", async ({ scripted }) => {
      const hearth = await scripted();
      const stranger = await clientOf(packages, { ...hearth, key: "wrong" });
      await expect(stranger.models.generateContent({ model, contents: "hi" })).rejects.toMatchObject({
        name: "ApiError",
        status: 401,
        message: expect.stringContaining("UNAUTHENTICATED"),
      });
      const { models } = await clientOf(packages, hearth);
      const pdf = { inlineData: { mimeType: "application/pdf", data: "JVBERi0=" } };
      await expect(models.generateContent({ model, contents: [pdf] })).rejects.toThrow(/contents\[0\].parts\[0\]/);
    });
  });
}
