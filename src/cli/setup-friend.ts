/** `hearth setup --friend`: what is said of it, and what the two people do next. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { absolute } from "../config/locations.ts";
import { makeFriend, removeFriend } from "../setup/friend/friend.ts";
import type { Outcome } from "../setup/setup.ts";
import { CliError } from "./command.ts";
import { inWords } from "./in-words.ts";
import type { Io } from "./io.ts";

export interface FriendCall {
  name: string;
  /** A file, as it was written. */
  publicKey: string | undefined;
  undo: boolean;
  /** Of Hearth, on this machine. */
  port: number;
  tell(outcome: Outcome): void;
}

/** Returns every outcome, and what stands below them. */
export async function setUpFriend(call: FriendCall, io: Io): Promise<{ outcomes: Outcome[]; ending: string }> {
  const { name, undo, port, tell } = call;
  if (process.getuid?.() !== 0) {
    throw new CliError(`Accounts are root's to make: sudo env "PATH=$PATH" npx hearth setup --friend ${name} ...`);
  }
  const steps = undo ? removeFriend(name) : makeFriend({ name, publicKey: keyOf(call, io), port });
  const outcomes: Outcome[] = [];
  await inWords(() => {
    for (const one of steps) {
      const outcome = { step: "friend", ...one };
      outcomes.push(outcome);
      tell(outcome);
    }
  });
  return { outcomes, ending: undo ? "" : ending(name, port) };
}

function keyOf({ publicKey, name }: FriendCall, io: Io): string {
  if (publicKey === undefined) {
    throw new CliError(`--friend wants a public key of theirs: --public-key ${name}.pub (from their ~/.ssh).`, 2);
  }
  try {
    return readFileSync(absolute(publicKey, io.cwd, io.env), "utf8");
  } catch (error) {
    throw new CliError(`${publicKey} cannot be read: ${(error as Error).message}`);
  }
}

function ending(name: string, port: number): string {
  const at = `${name}@${hostname()}`;
  return `
Let SSH read it:         systemctl reload ssh
A key of Hearth's:       npx hearth keys create ${name}
What ${name} runs:         ssh -N -L ${port}:127.0.0.1:${port} ${at}
  and then uses:         http://127.0.0.1:${port}/v1

From ${name}'s machine three things show that it is as it should be:
  ssh ${at}                                  no shell
  curl http://127.0.0.1:${port}/healthz              an answer, while the line above runs
  ssh -N -L 2222:127.0.0.1:22 ${at}          "administratively prohibited", once something connects to 2222
Away with it:            npx hearth setup --friend ${name} --undo
`;
}
