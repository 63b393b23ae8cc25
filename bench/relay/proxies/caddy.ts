import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../test/support/free-port.ts";
import { answers, Child } from "./child.ts";
import type { Place, Running } from "./proxy.ts";

/** Caddy flushes event streams by itself and writes no access log unless told to. */
const configuration = (port: number, enginePort: number) => `
{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:${enginePort} {
    transport http {
      keepalive_idle_conns 512
      keepalive_idle_conns_per_host 512
    }
  }
}
`;

export async function startCaddy({ folder, enginePort }: Place, command: string): Promise<Running> {
  const port = await freePort();
  const file = join(folder, "Caddyfile");
  writeFileSync(file, configuration(port, enginePort));
  const env = { ...process.env, GOMAXPROCS: "1", HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = new Child(command, ["run", "--config", file, "--adapter", "caddyfile"], { cwd: folder, env });
  await child.until(() => answers(port, "none", "bench"), 10);
  return { target: { port, key: "none", pids: [child.pid] }, stop: () => child.stop() };
}
