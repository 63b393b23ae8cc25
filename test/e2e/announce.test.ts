/** Hearth's name on a local network: two namespaces with a cable between them, and a question of DNS by multicast. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OwnedProcess } from "../support/processes/owned-process.ts";

const path = `${process.env.PATH}:/usr/sbin:/sbin`;
const id = randomBytes(3).toString("hex");
const [server, client] = [`hearth-a${id}`, `hearth-b${id}`];

function ip(...args: string[]): boolean {
  return spawnSync("ip", args, { env: { PATH: path } }).status === 0;
}

/** True where this machine lets us. */
function connected(): boolean {
  if (!ip("netns", "add", server)) return false;
  ip("netns", "add", client);
  const cable = ip("link", "add", "cable", "netns", server, "type", "veth", "peer", "name", "cable", "netns", client);
  for (const [index, space] of [server, client].entries()) {
    ip("-n", space, "link", "set", "lo", "up");
    ip("-n", space, "address", "add", `10.9.9.${index + 1}/24`, "dev", "cable");
    ip("-n", space, "link", "set", "cable", "up");
    ip("-n", space, "route", "add", "224.0.0.0/4", "dev", "cable");
  }
  return cable;
}

function inNamespace(space: string, words: string[], env: NodeJS.ProcessEnv = {}): OwnedProcess {
  return new OwnedProcess("ip", ["netns", "exec", space, process.execPath, ...words], { env: { ...env, PATH: path } });
}

/** Asks until it is answered, and prints the address. */
const question = `
const { createSocket } = require("node:dgram");
const socket = createSocket("udp4");
const labels = ["hearth", "local"].map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
const head = Buffer.from([0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
const packet = Buffer.concat([head, ...labels, Buffer.from([0, 0, 1, 0, 1])]);
const timer = setInterval(() => socket.send(packet, 5353, "224.0.0.251"), 100);
socket.on("message", (answer) => {
  const at = answer.indexOf(Buffer.from([10, 9, 9]));
  console.log(at < 0 ? "no address" : [...answer.subarray(at, at + 4)].join("."));
  clearInterval(timer);
  socket.close();
});
`.replace("const record = Buffer.from([0, 1]);\n", "");

test("is found by whoever asks for it, and is gone when Hearth stops", async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), "hearth-announce-"));
  try {
    if (!connected()) skip("namespaces of the network need root and iproute2");
    writeFileSync(join(folder, "hearth.yaml"), "listen: 0.0.0.0:8009\nannounce: hearth\ndriver: process\nmodels: []\n");
    const hearth = inNamespace(server, ["bin/hearth.mjs", "serve", "--config", join(folder, "hearth.yaml")], {
      HEARTH_HOME: folder,
      HEARTH_API_KEY: "key-of-the-announcement",
    });
    await hearth.says(/announced as http:\/\/hearth\.local:8009/);
    const asked = inNamespace(client, ["--eval", question]);
    await asked.ends();
    await asked.end();
    expect(asked.out).toBe("10.9.9.1\n");
    expect(await hearth.end()).toBe(true);
  } finally {
    for (const space of [server, client]) ip("netns", "delete", space);
    rmSync(folder, { recursive: true });
  }
});
