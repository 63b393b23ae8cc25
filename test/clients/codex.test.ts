import { type Agent, agentContract } from "./support/agent-contract.ts";

const codex: Agent = {
  name: "codex",
  command: (packages, { prompt, image, key }) => ({
    program: packages.program,
    args: [
      ...["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"],
      ...(image === undefined ? [] : ["--image", image]),
      "--",
      prompt,
    ],
    env: { HEARTH_CLIENT_KEY: key },
  }),
  writeFile: (path, text) => ({
    name: "exec_command",
    arguments: { cmd: `printf '%s' '${text}' > '${path}'` },
  }),
  tooLong: /ran out of room in the model's context window/,
  afterCrash: "tries again",
};

await agentContract(codex);
