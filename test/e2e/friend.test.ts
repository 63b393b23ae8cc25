/** A friend's account on a real server of SSH, in a namespace with an /etc of its own: the machine's stays as it is. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { listening } from "../support/listening.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { until } from "../support/until.ts";

const path = `${process.env.PATH}:/usr/sbin:/sbin`;
const programs = ["sshd", "ssh", "ssh-keygen", "useradd", "unshare", "nsenter"];
const missing = programs.filter((program) => spawnSync("which", [program], { env: { PATH: path } }).status !== 0);
const reason =
  missing.length > 0
    ? `not installed: ${missing.join(", ")} (Debian: apt install openssh-server)`
    : spawnSync("unshare", ["--mount", "true"], { env: { PATH: path } }).status === 0
      ? null
      : "accounts and a server of SSH need root";

describe("a friend of SSH", () => {
  if (reason !== null) {
    test("has an account", ({ skip }) => skip(reason));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "hearth-friend-"));
  const key = join(folder, "key");
  const client: OwnedProcess[] = [];
  let server: OwnedProcess;
  let sshPort: number;
  let hearth: Awaited<ReturnType<typeof listening>>;
  let secret: Awaited<ReturnType<typeof listening>>;
  let setup: string;

  /** Beside the server: with its /etc. */
  const inside = (script: string) =>
    spawnSync("nsenter", ["--mount", "--target", String(server.pid), "sh", "-c", script], {
      encoding: "utf8",
      env: environment(),
    });
  const environment = () => ({ PATH: path, HOME: folder, HEARTH_LISTEN: `127.0.0.1:${hearth.port}` });
  const command = (words: string) =>
    `'${process.execPath}' '${process.cwd()}/bin/hearth.mjs' setup --friend ann ${words}`;
  const options = () => [
    "-i",
    key,
    "-p",
    String(sshPort),
    ..."-F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes".split(
      " ",
    ),
  ];
  const ssh = (...words: string[]) => {
    const child = new OwnedProcess("ssh", [...options(), ...words, "ann@127.0.0.1"], {
      env: { PATH: path, HOME: folder },
    });
    client.push(child);
    return child;
  };
  const forward = async (to: number) => {
    const local = await freePort();
    return { local, child: ssh("-N", "-o", "ExitOnForwardFailure=yes", "-L", `127.0.0.1:${local}:127.0.0.1:${to}`) };
  };

  beforeAll(async () => {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    execFileSync("cp", ["--archive", "/etc", folder]);
    hearth = await listening(createServer((_, response) => response.end("hearth")));
    secret = await listening(createServer((_, response) => response.end("secret")));
    sshPort = await freePort();
    const script = [
      "set -e",
      `mount --bind ${folder}/etc /etc`,
      "mount -t tmpfs tmpfs /run",
      "mkdir -m 755 /run/sshd",
      "ssh-keygen -A >/dev/null",
      `${command(`--public-key ${key}.pub`)} >${folder}/setup`,
      `exec $(command -v sshd) -D -e -p ${sshPort} -o ListenAddress=127.0.0.1`,
    ].join("\n");
    server = new OwnedProcess("unshare", ["--mount", "sh", "-c", script], { env: environment() });
    await until("the server of SSH listens", () => {
      if (!server.alive) throw new Error(server.log);
      return server.log.includes("Server listening");
    });
    setup = readFileSync(join(folder, "setup"), "utf8");
  });
  afterAll(async () => {
    for (const child of client) await child.end();
    await server.end();
    hearth.close();
    secret.close();
    rmSync(folder, { recursive: true });
  });

  test("is made by one command, which says what both do next", () => {
    expect(setup).toMatch(/^done +friend +made the account ann, which has no shell and no password$/m);
    expect(setup).toContain(`ssh -N -L ${hearth.port}:127.0.0.1:${hearth.port} ann@`);
    expect(inside(command(`--public-key ${key}.pub`)).stdout).not.toMatch(/^done/m);
  });

  test("has no shell, runs no command and moves no files", async () => {
    for (const words of [[], ["-tt"], ["-s", "-o", "RemoteCommand=sftp"], ["-o", "RemoteCommand=id"]]) {
      const child = ssh(...words);
      const { code } = await child.ends();
      expect([words, code === 0, child.out]).toEqual([words, false, ""]);
    }
  });

  test("reaches Hearth's port", async () => {
    const { local, child } = await forward(hearth.port);
    const answer = await until("an answer through the tunnel", async () => {
      if (!child.alive) throw new Error(child.log);
      return fetch(`http://127.0.0.1:${local}/`).then(
        (response) => response.text(),
        () => null,
      );
    });
    expect(answer).toBe("hearth");
  });

  test("reaches no other port of the machine, and opens none on it", async () => {
    const { local, child } = await forward(secret.port);
    await until("the server has refused it", async () => {
      const answer = await fetch(`http://127.0.0.1:${local}/`).then(
        (response) => response.text(),
        () => null,
      );
      expect(answer).toBe(null);
      return child.log.includes("administratively prohibited");
    });
    const back = ssh(
      "-N",
      "-o",
      "ExitOnForwardFailure=yes",
      "-R",
      `127.0.0.1:${await freePort()}:127.0.0.1:${secret.port}`,
    );
    expect((await back.ends()).code).not.toBe(0);
  });

  test("is sent away by one command, with whatever is open", async () => {
    const { local, child } = await forward(hearth.port);
    await until("the tunnel", () =>
      fetch(`http://127.0.0.1:${local}/`).then(
        () => true,
        () => false,
      ),
    );
    const gone = inside(command("--undo"));
    expect([gone.status, gone.stdout]).toEqual([0, expect.stringMatching(/removed the account ann$/m)]);
    await child.ends();
    const again = ssh("-N");
    expect([(await again.ends()).code, again.log]).toEqual([255, expect.stringContaining("Permission denied")]);
    expect(inside(command("--undo"))).toMatchObject({ status: 1, stderr: expect.stringContaining("is no account") });
  });
});
