import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "LlamaIndex", packages: "llama-index", program: "llama_index_chat.py", retries: true }),
);
