import { type Check, pass, skip, warn } from "../check.ts";

export const home: Check = {
  name: "home",
  async look({ home: path, host, deployed }) {
    if (deployed) return skip("Containers keep their state in volumes.");
    const folder = await host.stat(path);
    if (folder === null) return warn(`${path} is not there yet: the first start makes it.`, "hearth setup");
    if (!folder.folder) return warn(`${path} is no folder.`, `mv ${path} ${path}.old && hearth setup`);
    if ((folder.mode & 0o077) !== 0) {
      const mode = (folder.mode & 0o777).toString(8);
      return warn(`${path} is open to other users (mode ${mode}): it holds keys.`, `chmod 700 ${path}`);
    }
    return pass(`${path}, for its owner alone.`);
  },
};
