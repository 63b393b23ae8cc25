import { wellKnownSecret } from "../../config/access.ts";
import { isLoopback } from "../../config/loopback.ts";
import { hashSecret } from "../../config/secret-hash.ts";
import { type Check, fail, pass, skip, warn } from "../check.ts";

const wellKnownHash = hashSecret(wellKnownSecret);

export const keys: Check = {
  name: "keys",
  look({ config, storedKeys }) {
    if ("faults" in config) return skip("The configuration has faults, so its keys are not known.");
    const local = isLoopback(config.listen.host);
    const published = config.keys.find(({ hash }) => hash === wellKnownHash);
    if (published !== undefined) {
      const says = `The key "${published.name}" is the one from the documentation, which everybody knows.`;
      return local ? warn(says, "hearth setup") : fail(says, "hearth setup");
    }
    const count = config.keys.length + (storedKeys ?? 0);
    if (count > 0) return pass(`${count} key${count === 1 ? "" : "s"} of your own.`);
    if (storedKeys === null) return skip("The database with the keys cannot be read.");
    if (local)
      return warn("No key of your own: the one from the documentation works, from this machine.", "hearth setup");
    return fail(`${config.listen.host} is reached by other machines, but there is no key.`, "hearth setup");
  },
};
