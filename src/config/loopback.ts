import { isIPv4 } from "node:net";

/** Whether only programs of this machine reach the address, or come from it. */
export function isLoopback(host: string): boolean {
  // A socket that takes both families writes the older one's addresses this way.
  const plain = host.replace(/^::ffff:/i, "");
  return plain === "localhost" || plain === "::1" || (isIPv4(plain) && plain.startsWith("127."));
}
