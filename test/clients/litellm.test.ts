import { pythonSdk } from "./support/python-sdk.ts";
import { sdkContract } from "./support/sdk-contract.ts";

await sdkContract(
  pythonSdk({
    ...{ name: "LiteLLM", packages: "litellm", program: "litellm_chat.py" },
    retries: true,
    overflow: "ContextWindowExceededError",
  }),
);
