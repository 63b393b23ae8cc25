import { installed, type Packages } from "./support/packages.ts";
import { type Sdk, sdkContract } from "./support/sdk-contract.ts";

const openai: Sdk<Packages> = {
  name: "OpenAI SDK",
  install: () => installed("sdks"),
  retries: true,
  async connect(packages, { origin, key, model }, maxRetries) {
    const { default: OpenAI } = await packages.load("openai");
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries });
    const body = (text: string, image?: Buffer) => ({
      model,
      temperature: 0,
      messages: [{ role: "user", content: image === undefined ? text : [{ type: "text", text }, imagePart(image)] }],
    });
    return {
      async stream({ text, image, signal, onText }) {
        let answer = "";
        const stream = await client.chat.completions.create({ ...body(text, image), stream: true }, { signal });
        for await (const chunk of stream) {
          const piece = chunk.choices[0]?.delta.content ?? "";
          answer += piece;
          if (piece !== "") onText?.(answer);
        }
        return answer;
      },
      async whole({ text, image, signal }) {
        const answer = await client.chat.completions.create(body(text, image), { signal });
        return answer.choices[0].message.content;
      },
      async withTool(text, answer) {
        const run = client.chat.completions.runTools({
          ...body(text),
          stream: true,
          tools: [
            {
              type: "function",
              function: {
                name: "weather",
                parameters: { type: "object", properties: { city: { type: "string" } } },
                parse: JSON.parse,
                function: ({ city }: { city: string }) => answer(city),
              },
            },
          ],
        });
        return run.finalContent();
      },
    };
  },
};

function imagePart(image: Buffer): object {
  return { type: "image_url", image_url: { url: `data:image/png;base64,${image.toString("base64")}` } };
}

await sdkContract(openai);
