/** Whose requests are taken without a key: of which addresses, and what they may use. Never an administrator's. */
import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";
import { isLoopback } from "../../config/loopback.ts";
import type { Config, KeyConfig } from "../../config/types.ts";
import { isPassedOn } from "./local.ts";

type Coming = Pick<IncomingMessage, "headers"> & { socket: { remoteAddress?: string | undefined } };

export interface Anonymous {
  /** What stands in the place of their key. */
  key: KeyConfig;
  /** Of nobody knows whom: a proxy's address is none of its clients'. */
  takes(request: Coming): boolean;
}

/** Null where every request needs a key. */
export function anonymousOf({ from, models, name }: Config["anonymous"]): Anonymous | null {
  if (from.length === 0 || models.length === 0) return null;
  const networks = new BlockList();
  for (const network of from.filter((one) => one !== "loopback")) addNetwork(networks, network);
  const local = from.includes("loopback");
  return {
    key: { name, hash: "", models, priority: "interactive", role: "user" },
    takes({ headers, socket: { remoteAddress = "" } }) {
      if (isPassedOn(headers)) return false;
      return (local && isLoopback(remoteAddress)) || contains(networks, remoteAddress);
    },
  };
}

function addNetwork(networks: BlockList, network: string): void {
  const [address = "", prefix] = network.split("/");
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  networks.addSubnet(address, prefix === undefined ? (family === "ipv6" ? 128 : 32) : Number(prefix), family);
}

function contains(networks: BlockList, address: string): boolean {
  // A socket that takes both families writes the older one's addresses this way.
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
  return plain !== "" && networks.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}
