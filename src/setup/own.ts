/** Files and folders that are noted as ours when they are made. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { digest } from "./manifest.ts";
import type { SetupContext } from "./step.ts";

type Notes = Pick<SetupContext, "manifest">;

/** In one go: nobody ever reads half of it. */
export function writeOwn({ manifest }: Notes, path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
  manifest.add({ kind: "file", path, sha256: digest(content) });
}

/** Folders above it that are missing too are made, but are not ours to remove. */
export function makeOwnFolder({ manifest }: Notes, path: string, mode: number): void {
  mkdirSync(path, { recursive: true, mode });
  manifest.add({ kind: "folder", path });
}
