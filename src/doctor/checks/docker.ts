import { DaemonFailure } from "../../containers/failure.ts";
import { type Check, fail, pass, skip, warn } from "../check.ts";

/** Debian 12 has 20.10, and Hearth is tested on it. */
const oldestMajor = 20;

export const docker: Check = {
  name: "docker",
  async look({ daemon: ask, config, chosen, deployed }) {
    const facts = await ask();
    if (facts instanceof DaemonFailure) {
      const driver = "driver" in config ? config.driver : "auto";
      const needed = deployed || driver === "docker" || chosen.some(({ runtime }) => runtime.kind === "container");
      if (!needed && facts.kind === "unreachable") {
        return skip("No Docker answers here. Models that run without it work; the catalog's big ones need it.");
      }
      return fail(facts.message, mendOf(facts.kind));
    }
    const { version, address } = facts;
    if (Number.parseInt(version, 10) < oldestMajor) {
      return warn(`Docker ${version} is older than ${oldestMajor}.10, the oldest that Hearth is tested on.`, upgrade);
    }
    return pass(`Docker ${version} answers at ${address}.`);
  },
};

const upgrade = "sudo apt-get update && sudo apt-get install --only-upgrade docker-ce docker.io";

function mendOf(kind: DaemonFailure["kind"]): string {
  return kind === "forbidden" ? "sudo usermod -aG docker $USER && newgrp docker" : "sudo systemctl start docker";
}
