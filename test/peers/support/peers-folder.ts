import { homedir } from "node:os";
import { join } from "node:path";

/** What these tests install: kept between runs. */
export const peersFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hearth-peers");
