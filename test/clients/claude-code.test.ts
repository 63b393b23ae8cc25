import { type Agent, agentContract } from "./support/agent-contract.ts";

const claudeCode: Agent = {
  name: "claude-code",
  command: (packages, { prompt }) => ({
    program: packages.program,
    args: ["--print", "--allowedTools", "Write,Read", "--", prompt],
    env: { DISABLE_AUTOUPDATER: "1" },
  }),
  writeFile: (path, content) => ({ name: "Write", arguments: { file_path: path, content } }),
  readImage: (path) => ({ name: "Read", arguments: { file_path: path } }),
  tooLong: /Prompt is too long/,
  afterCrash: "tries again",
};

await agentContract(claudeCode);
