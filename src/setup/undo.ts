/** Takes away what set-up has made, and nothing else. */
import { readFileSync, rmdirSync, rmSync } from "node:fs";
import type { Containers } from "./containers.ts";
import { digest, type Made, type Manifest, nameOf } from "./manifest.ts";
import type { Outcome } from "./setup.ts";

export interface UndoOptions {
  manifest: Manifest;
  containers: Containers;
  /** Keys and weights too. */
  purge: boolean;
  dryRun: boolean;
  tell(outcome: Outcome): void;
}

/** A file that has been changed since is its user's, and stays. */
export async function undo(options: UndoOptions): Promise<Outcome[]> {
  const { manifest, tell, dryRun } = options;
  const outcomes: Outcome[] = [];
  for (const made of inOrder(manifest.made)) {
    const keep = reasonToKeep(made, options);
    let outcome: Outcome = { step: made.kind, status: "skipped", says: `${nameOf(made)} stays: ${keep}` };
    if (keep === null && dryRun) outcome = { step: made.kind, status: "would", says: `remove ${nameOf(made)}` };
    else if (keep === null) outcome = await take(made, options);
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}

/** Folders come last, the innermost first: they go when they are empty. */
function inOrder(made: readonly Made[]): Made[] {
  const depth = (one: Made) => (one.kind === "folder" ? one.path.split("/").length : Number.POSITIVE_INFINITY);
  return made.toReversed().toSorted((a, b) => (depth(a) === depth(b) ? 0 : depth(b) - depth(a)));
}

function reasonToKeep(made: Made, { purge }: UndoOptions): string | null {
  if ((made.kind === "keys" || made.kind === "weights") && !purge) return "--purge removes keys and weights too";
  if (made.kind !== "file") return null;
  try {
    return digest(readFileSync(made.path)) === made.sha256 ? null : "it has been changed since";
  } catch {
    return null;
  }
}

async function take(made: Made, { manifest, containers }: UndoOptions): Promise<Outcome> {
  const step = made.kind;
  const name = nameOf(made);
  try {
    // The manifest is in one of the folders: that one goes after the last line of it.
    if (made.kind === "folder") return takeFolder(made, manifest);
    if (made.kind === "image") await containers.remove(made.name);
    else rmSync(made.path, { force: true });
    manifest.remove(made);
    return { step, status: "done", says: `removed ${name}` };
  } catch (error) {
    return { step, status: "failed", says: `${name} stays: ${(error as Error).message}` };
  }
}

function takeFolder(made: Extract<Made, { kind: "folder" }>, manifest: Manifest): Outcome {
  manifest.remove(made);
  try {
    rmdirSync(made.path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { step: "folder", status: "there", says: `${made.path} is gone already` };
    manifest.add(made);
    if (code !== "ENOTEMPTY") throw error;
    return { step: "folder", status: "skipped", says: `${made.path} stays: it is not empty` };
  }
  return { step: "folder", status: "done", says: `removed ${made.path}` };
}
