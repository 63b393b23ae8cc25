import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({
    ...{ name: "LangChain (Python)", packages: "langchain", program: "langchain_openai_chat.py" },
    retries: true,
    overflow: "OpenAIContextOverflowError",
  }),
);
