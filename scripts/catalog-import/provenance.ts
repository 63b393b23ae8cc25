/** Which repository, commit and day a folder of recipes is of. */
import { execFileSync } from "node:child_process";

export interface Provenance {
  /** `owner/name`. */
  repository: string;
  commit: string;
  /** Day of that commit. */
  date: string;
}

/** Of a checkout, from its own git; `said` wins, for folders that are none. Throws with what to say. */
export function provenanceOf(folder: string, said: Partial<Provenance>): Provenance {
  const [commit, date] = git(folder, "log", "-1", "--format=%H %cs")?.split(" ") ?? [];
  const origin = git(folder, "remote", "get-url", "origin");
  const own = { commit, date, repository: /([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(origin ?? "")?.[1] };
  const found = { ...own, ...said };
  const missing = (["repository", "commit", "date"] as const).filter((name) => !found[name]);
  if (missing.length > 0) {
    throw new Error(
      `${folder} is no checkout that says it: name its ${missing.map((name) => `--${name}`).join(", ")}.`,
    );
  }
  return { repository: found.repository!, commit: found.commit!, date: found.date! };
}

function git(folder: string, ...words: string[]): string | undefined {
  try {
    return execFileSync("git", ["-C", folder, ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
