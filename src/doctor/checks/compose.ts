import { type Check, fail, pass, skip, warn } from "../check.ts";

/** The oldest that deploy/ is written for. */
const oldest = "1.29";

export const compose: Check = {
  name: "compose",
  async look({ host, deployed }) {
    if (!deployed) return skip("Hearth runs without Compose here.");
    const plugin = await host.run(["docker", "compose", "version", "--short"]);
    if (plugin.code === 0) return pass(`docker compose ${plugin.out.trim()}.`);
    const { code, out } = await host.run(["docker-compose", "version", "--short"]);
    if (code !== 0) return fail("Docker has no Compose here, which starts Hearth's containers.", install);
    const version = out.trim();
    if (version.localeCompare(oldest, "en", { numeric: true }) < 0) {
      return fail(`docker-compose ${version} is older than ${oldest}, the oldest that Hearth is tested on.`, install);
    }
    return version.startsWith("1.")
      ? warn(
          `docker-compose ${version} works, and is no longer kept: write \`docker-compose\` for \`docker compose\`.`,
          install,
        )
      : pass(`docker-compose ${version}: write \`docker-compose\` for \`docker compose\`.`);
  },
};

/** Ubuntu's own package, or that of Docker's repository. */
const install = "sudo apt-get install docker-compose-v2 || sudo apt-get install docker-compose-plugin";
