import { type CliCommand, CliError } from "../command.ts";
import { linkToken } from "../link-token.ts";
import { runServer } from "../server-run.ts";
import { version } from "../version.ts";

export const command: CliCommand = {
  name: "gateway",
  summary: "run the public half of Hearth alone, with the waker in another process or container",
  options: [
    ["--waker <url>", "where the waker listens (default: HEARTH_WAKER, else http://127.0.0.1:8010)"],
    ["--config <file>", "configuration (default: hearth.yaml here or in the state directory, if there is one)"],
  ],
  examples: [
    ["HEARTH_LINK_TOKEN=secret hearth gateway", "API and console; it holds no privilege and starts no engine"],
    ["hearth gateway --waker http://waker-link:8010", "as in deploy/docker-compose.yml"],
  ],
  async run({ options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    const waker = wakerUrl(String(options.waker ?? (io.env.HEARTH_WAKER || "http://127.0.0.1:8010")));
    const token = linkToken(io);
    const { startGateway } = await import("../../main-gateway.ts");
    return runServer(
      io,
      file,
      (parts) => startGateway({ ...parts, version, waker, token }),
      ({ origin, newAdminKey }) =>
        `Hearth's gateway listens on ${origin}; its waker is ${waker}.\n` +
        (newAdminKey === null ? "" : `Admin key: ${newAdminKey} (\`hearth key\` shows it again)\n`),
    );
  },
};

function wakerUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "http:") return url.origin;
  throw new CliError(`The waker's address is http://<host>:<port>, not "${text}".`, 2);
}
