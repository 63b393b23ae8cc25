import { isLoopback } from "../../config/loopback.ts";
import { type Check, pass, skip, warn } from "../check.ts";

export const exposure: Check = {
  name: "exposure",
  look({ config, deployed, home }) {
    if ("faults" in config) return skip("The configuration has faults, so the address is not known.");
    const { host, port } = config.listen;
    if (isLoopback(host)) return pass(`${host}:${port} is reached from this machine only.`);
    const everywhere = host === "0.0.0.0" || host === "::";
    const says = `${host}:${port} is reached from ${everywhere ? "every network of this machine" : "its network"}, without encryption: keys can be read on the way.`;
    const local = `127.0.0.1:${port}`;
    if (deployed) return warn(says, `sed -i 's/^HEARTH_PUBLISH=.*/HEARTH_PUBLISH=${local}/' ${home}/.env`);
    return warn(says, `HEARTH_LISTEN=${local} hearth serve   # and: ssh -L ${port}:${local} this-machine`);
  },
};
