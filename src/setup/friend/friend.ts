/** Makes and removes accounts that may forward Hearth's port by SSH, and nothing else. Needs root, on this very machine. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Outcome } from "../setup.ts";
import { dropIn, dropInFile, friendsGroup, isAccountName, keyLine, keysFolder, noShell } from "./sshd.ts";

export interface FriendOrder {
  name: string;
  /** One public key of SSH's. */
  publicKey: string;
  /** Of Hearth, on loopback. */
  port: number;
}

type Done = Pick<Outcome, "status" | "says">;

/** Each thing that was done, as it is done. Throws an Error with what to do where one cannot be; what was done before it stays. */
export function* makeFriend({ name, publicKey, port }: FriendOrder): Generator<Done> {
  const line = keyLine(publicKey, port);
  refuseName(name);
  yield ensureGroup();
  yield ensureAccount(name);
  yield write(join(keysFolder, name), line);
  yield ensureRules(name, port);
}

/** Nobody comes in by the key from the first step on; who is in is thrown out. */
export function* removeFriend(name: string): Generator<Done> {
  refuseName(name);
  if (!isFriend(name)) throw new Error(`${name} is no account that \`hearth setup --friend\` has made.`);
  rmSync(join(keysFolder, name), { force: true });
  yield { status: "done", says: `removed ${name}'s key` };
  // Ends with 1 where nobody is in.
  spawnSync("pkill", ["-KILL", "-u", name]);
  run(["userdel", name]);
  yield { status: "done", says: `removed the account ${name}` };
}

function refuseName(name: string): void {
  if (isAccountName(name)) return;
  throw new Error(`"${name}" cannot be the name of an account: small letters, digits and hyphens, a letter first.`);
}

function ensureGroup(): Done {
  if (spawnSync("getent", ["group", friendsGroup]).status === 0) return there(`the group ${friendsGroup}`);
  run(["groupadd", "--system", friendsGroup]);
  return done(`made the group ${friendsGroup}`);
}

function ensureAccount(name: string): Done {
  if (isFriend(name)) return there(`the account ${name}`);
  if (spawnSync("getent", ["passwd", name]).status === 0) {
    throw new Error(`There is an account ${name} already, and it is not a friend's: choose another name.`);
  }
  const home = ["--no-create-home", "--home-dir", "/nonexistent"];
  run(["useradd", ...home, "--shell", noShell, "--gid", friendsGroup, "--comment", "reaches Hearth by SSH", name]);
  // No password fits, and yet the account is not locked, which would refuse its key too.
  run(["usermod", "--password", "*", name]);
  return done(`made the account ${name}, which has no shell and no password`);
}

function isFriend(name: string): boolean {
  const { status, stdout } = spawnSync("id", ["--groups", "--name", name], { encoding: "utf8" });
  return status === 0 && stdout.trim().split(" ").includes(friendsGroup);
}

/** Written, taken by the server, and in force for this very account; otherwise as it was. */
function ensureRules(name: string, port: number): Done {
  const before = textOf(dropInFile);
  const outcome = write(dropInFile, dropIn(port));
  const { stdout, stderr, status } = spawnSync("sshd", ["-T", "-C", `user=${name},host=anywhere,addr=192.0.2.1`], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const inForce = status === 0 && /^maxsessions 0$/m.test(stdout) && stdout.includes(`permitopen 127.0.0.1:${port}`);
  if (inForce) return outcome;
  if (before === null) rmSync(dropInFile);
  else writeFileSync(dropInFile, before);
  throw new Error(
    status === 0
      ? `SSH's server does not read ${dropInFile}: put \`Include /etc/ssh/sshd_config.d/*.conf\` at the top of /etc/ssh/sshd_config.`
      : `SSH's server does not take the rules: ${stderr?.trim() || "sshd is not installed (apt-get install openssh-server)"}`,
  );
}

/** Root's, readable by all: the server reads keys as the one who comes. */
function write(path: string, text: string): Done {
  if (textOf(path) === text) return there(path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  writeFileSync(`${path}.new`, text, { mode: 0o644 });
  renameSync(`${path}.new`, path);
  return done(`wrote ${path}`);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function run([program, ...args]: string[]): void {
  const { status, stderr, error } = spawnSync(program!, args, { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`\`${program} ${args.join(" ")}\` failed: ${(stderr ?? error?.message ?? "").trim()}`);
}

const done = (says: string): Done => ({ status: "done", says });
const there = (says: string): Done => ({ status: "there", says });
