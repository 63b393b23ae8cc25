import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "Ollama SDK (Python)", packages: "sdks", program: "ollama_sdk.py", retries: false }),
);
