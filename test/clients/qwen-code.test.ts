import { type Agent, agentContract } from "./support/agent-contract.ts";

const qwenCode: Agent = {
  name: "qwen-code",
  command: ({ program }, { prompt }) => ({ program: process.execPath, args: [program, "--yolo", "--prompt", prompt] }),
  writeFile: (path, content) => ({ name: "write_file", arguments: { file_path: path, content } }),
  readImage: (path) => ({ name: "read_file", arguments: { file_path: path } }),
  recodesImages: true,
  afterCrash: "tries again",
};

await agentContract(qwenCode);
