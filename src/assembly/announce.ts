/** Makes Hearth known on the local network as `NAME.local`, by multicast DNS (RFC 6762, RFC 6763). */
import { networkInterfaces } from "node:os";
import type { Logger } from "pino";
import { isLoopback } from "../config/loopback.ts";

export interface Announcement {
  /** Says goodbye to whoever has heard of it. */
  end(): Promise<void>;
}

const silence: Announcement = { end: async () => {} };

export interface AnnounceOrder {
  /** The first part of the name. */
  name: string;
  /** What is listened on. */
  host: string;
  port: number;
  log: Pick<Logger, "info" | "warn">;
}

/** Nobody waits for it: what cannot be announced is logged, and served all the same. */
export async function announce({ name, host, port, log }: AnnounceOrder): Promise<Announcement> {
  if (isLoopback(host)) {
    log.warn(`\`announce\` does nothing while Hearth listens on ${host}, which only this machine reaches`);
    return silence;
  }
  const interfaces = outward(host);
  if (interfaces.length === 0) {
    log.warn(`there is no local network here on which ${name}.local could be announced`);
    return silence;
  }
  // Its own look at the network would pass over those on which nothing has been heard yet.
  const responder = (await import("@homebridge/ciao")).getResponder({ interface: interfaces });
  const service = responder.createService({ name: "Hearth", type: "http", port, hostname: name, txt: { path: "/" } });
  service.on("name-change", () => {});
  service.on("hostname-change", (other) => {
    log.warn(`another machine is called ${name}.local: this one is announced as ${other.replace(/\.$/, "")}`);
  });
  service.advertise().then(
    () => log.info(`announced as http://${service.getHostname().replace(/\.$/, "")}:${port}`),
    (error: Error) => log.warn(`${name}.local cannot be announced: ${error.message}`),
  );
  return { end: () => responder.shutdown() };
}

/** Those of containers lead nowhere but to them. */
const inward = /^(docker|br-|veth|virbr|cni|flannel)/;

/** Names of the interfaces by which others reach this address. */
function outward(host: string): string[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) => {
    const reached = addresses.some((one) => !one.internal && (everywhere || one.address === host));
    return reached && !inward.test(name) ? [name] : [];
  });
}
