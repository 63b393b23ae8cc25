/** The files that `hearth test` writes on request. */
import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { absolute } from "../config/locations.ts";
import { expectedFigures } from "../trial/expected-figures.ts";
import type { Figures } from "../trial/figures.ts";
import { filledTemplate } from "../trial/pull-request.ts";
import type { TrialRun } from "../trial/run-trials.ts";
import { withExpected } from "../trial/write-expected.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";
import type { AboutModel } from "./tested-model.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const template = join(root, ".github", "pull_request_template.md");

/** Returns the file's path. Throws a CliError where it cannot be written. */
export function writePullRequest(file: string, about: AboutModel, run: TrialRun, io: Io): string {
  const path = absolute(file, io.cwd, io.env);
  const { id, hardware, weights } = about;
  const text = filledTemplate(readFileSync(template, "utf8"), { model: id, hardware, weights, ...run, date: today() });
  writing(path, () => writeFileSync(path, text));
  return path;
}

/** Returns the file's path. Throws a CliError where no entry of the model can be written, or nothing was measured. */
export function writeExpected({ id, entry, hardware }: AboutModel, figures: Partial<Figures>): string {
  const measured = expectedFigures(figures, `hearth test on ${hostname()} (${hardware}), ${today()}`);
  if (Object.keys(measured).length === 0) {
    throw new CliError("Nothing was measured that could be written: try without --only and --quick.");
  }
  const own = `Write \`- use: ${id}\` below \`models:\` in hearth.yaml, and give that file with --config.`;
  if (entry === null) throw new CliError(`No file here has an entry of ${id}. ${own}`);
  const isInstalled = relative(root, entry.file).startsWith("catalog") && root.includes("node_modules");
  if (isInstalled)
    throw new CliError(`${id} has its entry in an installed package, which the next one replaces. ${own}`);
  const path = realpathSync(entry.file);
  const text = withExpected(readFileSync(path, "utf8"), entry.place, measured);
  writing(path, () => replaceFile(path, text));
  return path;
}

/** A server that watches it sees the old text or the new one. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: statSync(path).mode });
  renameSync(draft, path);
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
