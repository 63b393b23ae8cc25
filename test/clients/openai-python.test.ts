import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "OpenAI SDK (Python)", packages: "sdks", program: "openai_sdk.py", retries: true }),
);
