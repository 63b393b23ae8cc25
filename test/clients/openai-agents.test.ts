import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "OpenAI Agents SDK", packages: "openai-agents", program: "openai_agents.py", retries: true }),
);
