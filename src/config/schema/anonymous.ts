/** Requests without a key, for clients that cannot send one: none is taken unless somebody says from where and for what. */
import { isIP } from "node:net";
import { z } from "zod";
import { text } from "./fields.ts";

const networkHint = "`loopback`, or a network such as 192.168.1.0/24 or fd00::/8, or an address";

/** `loopback`, an address, or a network in CIDR's notation. */
function network() {
  return z.string().refine(isNetwork, { error: networkHint });
}

function isNetwork(written: string): boolean {
  if (written === "loopback") return true;
  const [address = "", prefix, ...rest] = written.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

export const anonymousSchema = z.strictObject({
  from: z.array(network()).prefault([]).meta({
    description: "From where: `loopback` for programs of this machine, networks as 192.168.1.0/24. None: nowhere.",
  }),
  models: z
    .array(text())
    .prefault([])
    .meta({ description: "Ids, aliases or patterns with `*` that they may use. None: no model." }),
  name: text().prefault("anonymous").meta({ description: "Whose requests they are, in lists, logs and metrics." }),
});
