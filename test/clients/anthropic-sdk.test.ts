import { installed, type Packages } from "./support/packages.ts";
import { type Sdk, sdkContract } from "./support/sdk-contract.ts";

const anthropic: Sdk<Packages> = {
  name: "Anthropic SDK",
  install: () => installed("sdks"),
  retries: true,
  async connect(packages, { origin, key, model }, maxRetries) {
    const { default: Anthropic } = await packages.load("@anthropic-ai/sdk");
    const client = new Anthropic({ baseURL: origin, apiKey: key, maxRetries });
    const body = (text: string, image?: Buffer) => ({
      model,
      max_tokens: 100,
      temperature: 0,
      messages: [{ role: "user", content: image === undefined ? text : [{ type: "text", text }, imagePart(image)] }],
    });
    const tools = [
      {
        name: "weather",
        description: "The weather in a city",
        input_schema: { type: "object", properties: { city: { type: "string" } } },
      },
    ];
    return {
      async stream({ text, image, signal, onText }) {
        let answer = "";
        const stream = await client.messages.create({ ...body(text, image), stream: true }, { signal });
        for await (const event of stream) {
          if (event.type !== "content_block_delta") continue;
          answer += event.delta.text ?? "";
          onText?.(answer);
        }
        return answer;
      },
      async whole({ text, image, signal }) {
        return textOf(await client.messages.create(body(text, image), { signal }));
      },
      async withTool(text, answer) {
        const first = await client.messages.stream({ ...body(text), tools }).finalMessage();
        const results = first.content
          .filter(({ type }: { type: string }) => type === "tool_use")
          .map(({ id, input }: { id: string; input: { city: string } }) => {
            return { type: "tool_result", tool_use_id: id, content: answer(input.city) };
          });
        const messages = [
          { role: "user", content: text },
          { role: "assistant", content: first.content },
          { role: "user", content: results },
        ];
        return textOf(await client.messages.create({ ...body(text), messages, tools }));
      },
    };
  },
};

function imagePart(image: Buffer): object {
  return { type: "image", source: { type: "base64", media_type: "image/png", data: image.toString("base64") } };
}

function textOf({ content }: { content: { text?: string }[] }): string {
  return content.map(({ text = "" }) => text).join("");
}

await sdkContract(anthropic);
