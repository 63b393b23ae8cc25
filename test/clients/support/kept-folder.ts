/** Folders of what was installed for these tests: kept between runs, shared by everybody who runs them on this machine. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hearth-clients");

export interface Wanted {
  name: string;
  /** What is installed, with its versions: other versions get another folder. */
  pinned: object;
  /** Prepares the empty folder and says how it is filled. */
  installer(folder: string): [program: string, ...args: string[]];
  /** Of what a failed installer printed, the line that says why. */
  reason(printed: string): string;
}

/** The folder, filled if it was not; or why it could not be. */
export async function keptFolder({ name, pinned, installer, reason }: Wanted): Promise<string | { missing: string }> {
  const version = createHash("sha256").update(JSON.stringify(pinned)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder, `${name}-${version}`);
  const complete = join(folder, ".complete");
  if (existsSync(complete)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const [program, ...args] = installer(folder);
    await promisify(execFile)(program, args, { cwd: folder, timeout: 500_000 });
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string };
    return { missing: reason(stderr) };
  }
  writeFileSync(complete, "");
  return folder;
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
