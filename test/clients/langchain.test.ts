import { installed, type Packages } from "./support/packages.ts";
import { type Sdk, sdkContract } from "./support/sdk-contract.ts";

const langchain: Sdk<Packages> = {
  name: "LangChain",
  install: () => installed("sdks"),
  retries: true,
  async connect(packages, { origin, key, model }, maxRetries) {
    const { ChatOpenAI } = await packages.load("@langchain/openai");
    const { HumanMessage, ToolMessage } = await packages.load("@langchain/core/messages");
    const { tool } = await packages.load("@langchain/core/tools");
    const { z } = await packages.load("zod");
    const chat = new ChatOpenAI({
      model,
      temperature: 0,
      apiKey: key,
      maxRetries,
      configuration: { baseURL: `${origin}/v1` },
    });
    const ask = (text: string, image?: Buffer) => {
      const url = `data:image/png;base64,${image?.toString("base64")}`;
      const content =
        image === undefined
          ? text
          : [
              { type: "text", text },
              { type: "image_url", image_url: { url } },
            ];
      return [new HumanMessage({ content })];
    };
    return {
      async stream({ text, image, signal, onText }) {
        let answer = "";
        for await (const chunk of await chat.stream(ask(text, image), { signal })) {
          answer += chunk.content;
          if (chunk.content !== "") onText?.(answer);
        }
        return answer;
      },
      async whole({ text, image, signal }) {
        return (await chat.invoke(ask(text, image), { signal })).content;
      },
      async withTool(text, answer) {
        const weather = tool(({ city }: { city: string }) => answer(city), {
          name: "weather",
          description: "The weather in a city",
          schema: z.object({ city: z.string() }),
        });
        const bound = chat.bindTools([weather]);
        const question = ask(text);
        const call = await bound.invoke(question);
        const results = await Promise.all(
          call.tool_calls.map(async (wanted: { id: string; args: object }) => {
            return new ToolMessage({ content: await weather.invoke(wanted.args), tool_call_id: wanted.id });
          }),
        );
        return (await bound.invoke([...question, call, ...results])).content;
      },
    };
  },
};

await sdkContract(langchain);
