/** Where a thread for large bodies begins: with the compile cache of the thread that starts it, it is up sooner. */
import module from "node:module";

const [compileCache] = process.argv.slice(2);
if (compileCache) module.enableCompileCache(compileCache);
const { perform } = await import("./perform.ts");

export default perform;
