import { type Agent, agentContract } from "./support/agent-contract.ts";

const continueCli: Agent = {
  name: "continue",
  command: ({ program }, { prompt }) => ({ program: process.execPath, args: [program, "--auto", "--print", prompt] }),
  writeFile: (path, content) => ({ name: "Write", arguments: { filepath: path, content } }),
  readImage: null,
  tooLong: "makes it fit",
  afterCrash: "tries again",
};

await agentContract(continueCli);
