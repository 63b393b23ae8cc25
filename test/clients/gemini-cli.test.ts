import { type Agent, agentContract } from "./support/agent-contract.ts";

const geminiCli: Agent = {
  name: "gemini-cli",
  command: ({ program }, { prompt, origin, key }) => ({
    program: process.execPath,
    args: [program, "--yolo", "--skip-trust", "--prompt", prompt],
    env: { GOOGLE_GEMINI_BASE_URL: origin, GEMINI_API_KEY: key },
  }),
  writeFile: (path, content) => ({ name: "write_file", arguments: { file_path: path, content } }),
  readImage: (path) => ({ name: "read_file", arguments: { file_path: path } }),
  tooLong: /The input token count \(\d+\) exceeds the maximum/,
  afterCrash: /Error when talking to Gemini API/,
};

await agentContract(geminiCli);
