/**
 * How this process reaches an engine. `loopback`: a port of 127.0.0.1 that Docker picks. `network`: this process is
 * a container itself, on the same internal network, and nothing is published. `host`: the engine shares the host's
 * network, for machines where Docker has no bridge.
 */
export type Reach = { kind: "loopback" } | { kind: "network"; name: string } | { kind: "host" };

/** The part of a container's description that says where it answers. */
export interface Addresses {
  HostConfig: { NetworkMode?: string | undefined };
  NetworkSettings: {
    Ports?: Record<string, { HostIp: string; HostPort: string }[] | null> | undefined;
    Networks?: Record<string, { IPAddress?: string } | null> | undefined;
  };
}

/** What the environment says: a waker that is a container itself is told the name of the engines' network. */
export function reachFrom(network: string | undefined): Reach {
  return network ? { kind: "network", name: network } : { kind: "loopback" };
}

/** Answers nobody: for a container that has ended before its address could be read. */
export const nowhere = "http://127.0.0.1:9";

/** `http://host:port` of a running container, or null where it cannot be reached that way. Changes at every start. */
export function originOf(info: Addresses, port: number, reach: Reach): string | null {
  if (info.HostConfig.NetworkMode === "host") return reach.kind === "network" ? null : `http://127.0.0.1:${port}`;
  if (reach.kind === "network") {
    const address = info.NetworkSettings.Networks?.[reach.name]?.IPAddress;
    return address ? `http://${address}:${port}` : null;
  }
  const published = info.NetworkSettings.Ports?.[`${port}/tcp`]?.find(({ HostIp }) => !HostIp.includes(":"));
  if (published === undefined) return null;
  const host = published.HostIp === "0.0.0.0" || published.HostIp === "" ? "127.0.0.1" : published.HostIp;
  return `http://${host}:${published.HostPort}`;
}
