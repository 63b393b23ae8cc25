/** An agent's program, in a home and a folder of its own, without a way to the internet. */
import { OwnedProcess } from "../../support/processes/owned-process.ts";

export interface AgentCommand {
  program: string;
  args: string[];
  env?: Record<string, string>;
}

export function runAgent(command: AgentCommand, { home, cwd }: { home: string; cwd: string }): OwnedProcess {
  const { program, args, env = {} } = command;
  return new OwnedProcess(program, args, { cwd, env: { ...isolated, HOME: home, PWD: cwd, ...env } });
}

/** Nothing listens on port 9: whatever asks for the internet is refused at once. */
const isolated = {
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "127.0.0.1,localhost",
  DO_NOT_TRACK: "1",
  CI: "1",
  NO_COLOR: "1",
  TERM: "dumb",
  LANG: "C.UTF-8",
};
