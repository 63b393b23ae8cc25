import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../test/support/free-port.ts";
import { childrenOf } from "../processes.ts";
import { answers, Child } from "./child.ts";
import type { Place, Running } from "./proxy.ts";

/** What one writes for nginx before an OpenAI server: kept-alive connections, events passed on as they come. */
const configuration = (port: number, enginePort: number, folder: string) => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 10000000;
  client_max_body_size 32m;
  client_body_buffer_size 2m;
  tcp_nodelay on;
  upstream engine {
    server 127.0.0.1:${enginePort};
    keepalive 512;
    keepalive_requests 10000000;
  }
  server {
    listen 127.0.0.1:${port} backlog=2048;
    location / {
      proxy_pass http://engine;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 1h;
    }
  }
}
`;

export async function startNginx({ folder, enginePort }: Place, command: string): Promise<Running> {
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(port, enginePort, folder));
  const child = new Child(command, ["-c", file, "-p", folder], { cwd: folder });
  await child.until(() => answers(port, "none", "bench"), 10);
  return { target: { port, key: "none", pids: [child.pid, ...childrenOf(child.pid)] }, stop: () => child.stop() };
}
