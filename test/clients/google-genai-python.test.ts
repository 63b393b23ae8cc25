import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "Google Gen AI SDK (Python)", packages: "sdks", program: "google_genai.py", retries: true }),
);
