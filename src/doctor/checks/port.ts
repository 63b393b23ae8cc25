import { type Check, fail, pass, skip } from "../check.ts";
import type { Host } from "../host.ts";

export const port: Check = {
  name: "port",
  async look({ config, host, server }) {
    if ("faults" in config) return skip("The configuration has faults, so the address is not known.");
    const { host: address, port: number } = config.listen;
    const reachable = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "[::1]" : address;
    const answer = await host.get(`http://${reachable}:${number}/healthz`);
    if (answer === null) return pass(`${address}:${number} is free.`);
    if (isHearth(answer.body))
      return pass(`Hearth answers at ${address}:${number}${server ? ` (pid ${server.pid})` : ""}.`);
    const owner = await ownerOf(number, host);
    return fail(
      `${address}:${number} is taken by ${owner ?? "another program"}.`,
      owner === null ? `sudo ss -ltnp 'sport = :${number}'` : `HEARTH_LISTEN=127.0.0.1:${number + 1} hearth serve`,
    );
  },
};

/** The words of our own /healthz. */
function isHearth(body: string): boolean {
  try {
    return typeof (JSON.parse(body) as { heartbeatAgeSeconds?: unknown }).heartbeatAgeSeconds === "number";
  } catch {
    return false;
  }
}

async function ownerOf(port: number, host: Host): Promise<string | null> {
  const { out } = await host.run(["ss", "-ltnpH", `sport = :${port}`]);
  const found = /users:\(\("([^"]+)",pid=(\d+)/.exec(out);
  return found === null ? null : `${found[1]} (pid ${found[2]})`;
}
