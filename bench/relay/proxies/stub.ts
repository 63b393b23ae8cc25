import { fileURLToPath } from "node:url";
import { Child } from "./child.ts";
import type { Running } from "./proxy.ts";

export const stubEntry = fileURLToPath(new URL("../stub/engine.ts", import.meta.url));

/** The stub engine that nginx and Caddy stand in front of, and that `direct` reaches. */
export async function startStub(folder: string): Promise<Running> {
  const child = new Child(process.execPath, [stubEntry], { cwd: folder });
  await child.until(() => child.output.includes("\n"), 10);
  return { target: { port: Number(child.output), key: "none", pids: [child.pid] }, stop: () => child.stop() };
}
