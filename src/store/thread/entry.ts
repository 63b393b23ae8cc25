/** Where the store's thread begins: with the compile cache of the thread that starts it, it is up in half the time. */
import module from "node:module";
import { workerData } from "node:worker_threads";
import type { ThreadOrder } from "../tasks.ts";

const { compileCache } = workerData as ThreadOrder;
if (compileCache !== null) module.enableCompileCache(compileCache);
await import("./main.ts");
