/** An agent's program, in a home and a folder of its own, without a way to the internet. */
import { OwnedProcess } from "../../support/processes/owned-process.ts";
import { isolated } from "./isolated.ts";

export interface AgentCommand {
  program: string;
  args: string[];
  env?: Record<string, string>;
}

export function runAgent(command: AgentCommand, { home, cwd }: { home: string; cwd: string }): OwnedProcess {
  const { program, args, env = {} } = command;
  return new OwnedProcess(program, args, { cwd, env: { ...isolated, HOME: home, PWD: cwd, ...env } });
}
