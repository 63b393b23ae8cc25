import { type Agent, agentContract } from "./support/agent-contract.ts";

const opencode: Agent = {
  name: "opencode",
  command: (packages, { prompt, image }) => ({
    program: packages.program,
    args: ["run", ...(image === undefined ? [] : ["--file", image]), "--", prompt],
    env: { OPENCODE_DISABLE_AUTOUPDATE: "1", OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_LSP_DOWNLOAD: "1" },
  }),
  writeFile: (filePath, content) => ({ name: "write", arguments: { filePath, content } }),
  afterCrash: "tries again",
};

await agentContract(opencode);
