import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({ name: "Pydantic AI", packages: "pydantic-ai", program: "pydantic_ai_agent.py", retries: true }),
);
