import { type CliCommand, CliError } from "../command.ts";
import { linkToken } from "../link-token.ts";
import { runServer } from "../server-run.ts";

export const command: CliCommand = {
  name: "waker",
  summary: "run the half of Hearth that starts and stops engines, for gateways in other processes or containers",
  options: [
    ["--link <address>", "where gateways connect (default: HEARTH_LINK, else 127.0.0.1:8010)"],
    ["--config <file>", "configuration (default: hearth.yaml here or in the state directory, if there is one)"],
  ],
  examples: [
    ["HEARTH_LINK_TOKEN=secret hearth waker", "for a gateway on this machine"],
    ["hearth waker --link waker-link:8010", "in a container: on the network that it shares with the gateway alone"],
  ],
  async run({ options, io }) {
    const file = options.config === undefined ? undefined : String(options.config);
    const address = String(options.link ?? (io.env.HEARTH_LINK || "127.0.0.1:8010"));
    const [, host, port] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(address) ?? [];
    if (host === undefined || Number(port) > 65535) {
      throw new CliError(`--link takes an address such as 127.0.0.1:8010, not "${address}".`, 2);
    }
    const token = linkToken(io);
    const { startWaker } = await import("../../main-waker.ts");
    return runServer(
      io,
      file,
      (parts) => startWaker({ ...parts, host, port: Number(port), token }),
      ({ specs }) => `Hearth's waker listens on ${address}, with ${specs} models.\n`,
    );
  },
};
