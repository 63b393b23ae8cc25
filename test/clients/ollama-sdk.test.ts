import { installed, type Packages } from "./support/packages.ts";
import { type Sdk, sdkContract } from "./support/sdk-contract.ts";

const ollama: Sdk<Packages> = {
  name: "Ollama SDK",
  install: () => installed("sdks"),
  // It leaves that to its caller.
  retries: false,
  async connect(packages, { origin, key, model }) {
    const { Ollama } = await packages.load("ollama");
    const client = new Ollama({ host: origin, headers: { authorization: `Bearer ${key}` } });
    const body = (text: string, image?: Buffer) => ({
      model,
      options: { temperature: 0 },
      messages: [
        { role: "user", content: text, ...(image === undefined ? {} : { images: [image.toString("base64")] }) },
      ],
    });
    const tools = [
      {
        type: "function",
        function: {
          name: "weather",
          description: "The weather in a city",
          parameters: { type: "object", properties: { city: { type: "string" } } },
        },
      },
    ];
    return {
      async stream({ text, image, signal, onText }) {
        let answer = "";
        const stream = await client.chat({ ...body(text, image), stream: true });
        signal?.addEventListener("abort", () => stream.abort());
        for await (const { message } of stream) {
          answer += message.content;
          if (message.content !== "") onText?.(answer);
        }
        return answer;
      },
      async whole({ text, image }) {
        return (await client.chat(body(text, image))).message.content;
      },
      async withTool(text, answer) {
        const question = body(text);
        const { message } = await client.chat({ ...question, tools });
        const results = message.tool_calls.map(
          ({ function: wanted }: { function: { arguments: { city: string } } }) => {
            return { role: "tool", tool_name: "weather", content: answer(wanted.arguments.city) };
          },
        );
        const messages = [...question.messages, message, ...results];
        return (await client.chat({ ...question, messages, tools })).message.content;
      },
    };
  },
};

await sdkContract(ollama);
