import { type Agent, agentContract } from "./support/agent-contract.ts";

const cline: Agent = {
  name: "cline",
  command: (packages, { prompt }) => ({
    program: packages.program,
    args: ["--json", "--", prompt],
    env: { CLINE_SESSION_BACKEND_MODE: "local" },
  }),
  writeFile: (path, text) => ({ name: "editor", arguments: { path, new_text: text } }),
  readImage: (path) => ({ name: "read_files", arguments: { files: [{ path }] } }),
  afterCrash: /broke off in its answer|closed unexpectedly/,
};

await agentContract(cline);
