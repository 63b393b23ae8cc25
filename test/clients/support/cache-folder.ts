import { homedir } from "node:os";
import { join } from "node:path";

/** What these tests install and fetch: kept between runs, shared by everybody who runs them on this machine. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hearth-clients");
