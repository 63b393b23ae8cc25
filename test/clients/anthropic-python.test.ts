import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "Anthropic SDK (Python)", packages: "sdks", program: "anthropic_sdk.py", retries: true }),
);
