/** By which addresses other devices reach a server. */
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { isLoopback } from "../config/loopback.ts";

/** `http://192.168.1.5:8009`, of each network that it listens to; empty where only this machine reaches it. */
export function outerOrigins(bound: readonly (AddressInfo | string)[]): string[] {
  const origins = bound.flatMap((one) => {
    // A socket in the file system.
    if (typeof one === "string") return [];
    const { address, port } = one;
    const hosts = address === "0.0.0.0" || address === "::" ? ownAddresses() : [address];
    return hosts.filter((host) => !isLoopback(host)).map((host) => `http://${bracketed(host)}:${port}`);
  });
  return [...new Set(origins)];
}

/** Of the older family: what people can type. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
