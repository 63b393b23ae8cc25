import { installed, type Packages } from "./support/packages.ts";
import { type Sdk, sdkContract } from "./support/sdk-contract.ts";

const aiSdk: Sdk<Packages> = {
  name: "Vercel AI SDK",
  install: () => installed("sdks"),
  retries: true,
  async connect(packages, { origin, key, model }, maxRetries) {
    const { generateText, streamText, tool, stepCountIs, isStepCount } = await packages.load("ai");
    const { createOpenAICompatible } = await packages.load("@ai-sdk/openai-compatible");
    const { z } = await packages.load("zod");
    const chosen = createOpenAICompatible({ name: "hearth", baseURL: `${origin}/v1`, apiKey: key })(model);
    const settings = (text: string, image?: Buffer) => {
      const content = [
        { type: "text", text },
        ...(image === undefined ? [] : [{ type: "image", image, mediaType: "image/png" }]),
      ];
      return { model: chosen, maxRetries, temperature: 0, messages: [{ role: "user", content }] };
    };
    return {
      async stream({ text, image, signal, onText }) {
        let failure: unknown;
        const onError = ({ error }: { error: unknown }) => {
          failure = error;
        };
        let answer = "";
        for await (const piece of streamText({ ...settings(text, image), abortSignal: signal, onError }).textStream) {
          answer += piece;
          onText?.(answer);
        }
        if (failure !== undefined) throw failure;
        return answer;
      },
      async whole({ text, image, signal }) {
        return (await generateText({ ...settings(text, image), abortSignal: signal })).text;
      },
      async withTool(text, answer) {
        const weather = tool({
          description: "The weather in a city",
          inputSchema: z.object({ city: z.string() }),
          execute: async ({ city }: { city: string }) => answer(city),
        });
        const stopWhen = (stepCountIs ?? isStepCount)(3);
        return streamText({ ...settings(text), tools: { weather }, stopWhen }).text;
      },
    };
  },
};

await sdkContract(aiSdk);
