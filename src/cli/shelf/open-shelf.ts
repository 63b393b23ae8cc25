import type { Io } from "../io.ts";
import { findServer, runningServer } from "../server-client.ts";
import { localShelf } from "./local-shelf.ts";
import { serverShelf } from "./server-shelf.ts";
import type { Shelf } from "./shelf.ts";

/** The named server's, that of the one that runs here, or this machine's own. */
export function openShelf(io: Io): Shelf {
  const server = io.env.HEARTH_URL ? findServer(io) : runningServer(io);
  return server === null ? localShelf(io) : serverShelf(server, io);
}
