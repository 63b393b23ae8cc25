import { keyWarnings, ownKeys, wellKnownSecret } from "../../config/access.ts";
import { isLoopback } from "../../config/loopback.ts";
import { type Check, pass, skip, warn } from "../check.ts";

const mend = "hearth keys create me --admin";

export const keys: Check = {
  name: "keys",
  look({ config, storedKeys }) {
    if ("faults" in config) return skip("The configuration has faults, so its keys are not known.");
    const [published] = keyWarnings(config);
    if (published !== undefined) return warn(published, mend);
    const count = ownKeys(config).length + (storedKeys?.count ?? 0);
    if (count > 0) return pass(`${count} key${count === 1 ? "" : "s"} of your own.`);
    if (storedKeys === null) return skip("The database with the keys cannot be read.");
    if (storedKeys.ever || !isLoopback(config.listen.host)) {
      return pass("No key of your own but the admin key of this installation (`hearth key`).");
    }
    return warn(
      `No key of your own: ${wellKnownSecret}, which everybody knows, works for models on this machine.`,
      mend,
    );
  },
};
