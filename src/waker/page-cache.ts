/** Before a start on a GPU that shares the host's memory: room that is really unused, where a helper can make it. */
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { parseMeminfo } from "../domain/meminfo.ts";
import type { ModelSpec } from "../domain/model.ts";
import { gib } from "../domain/size.ts";
import type { WakerLog } from "./publisher.ts";

/** Many dirty pages take their time to be written. */
const limitMilliseconds = 60_000;

export type MakeRoom = (spec: ModelSpec) => Promise<void>;

/**
 * Has the page cache dropped where less is unused than the model takes: old engine images count the cache as used and
 * would not start. Never rejects: the start goes on and says itself what is missing. `socket` is the helper's path.
 */
export function pageCacheHelper(socket: string, log: WakerLog, meminfo = "/proc/meminfo"): MakeRoom {
  const freeGiB = () => parseMeminfo(readFileSync(meminfo, "utf8"))?.freeGiB ?? 0;
  return async ({ id, memoryGiB }) => {
    try {
      const before = freeGiB();
      if (before >= memoryGiB) return;
      const status = await ask(socket);
      if (status === 204) log.info(`page cache dropped for ${id}: ${gib(before)} were unused, now ${gib(freeGiB())}`);
    } catch (error) {
      log.warn(`the page cache could not be dropped for ${id}: ${(error as Error).message}`);
    }
  };
}

function ask(socketPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(limitMilliseconds);
    const call = request({ socketPath, method: "POST", path: "/drop", signal, agent: false }, async (response) => {
      const said = await text(response);
      if (response.statusCode === 500) reject(new Error(said));
      else resolve(response.statusCode!);
    });
    call.once("error", reject).end();
  });
}
