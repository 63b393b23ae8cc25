/**
 * What names that move (a repository's branch, an image's tag) stood for when they were first fetched on this machine,
 * and stand for here until somebody upgrades them: what ran yesterday runs today. Pure.
 */
import type { ContainerRuntime } from "./container-runtime.ts";

/** A name's meaning. */
export interface Resolution {
  /** A commit of 40 hexadecimal digits, or `sha256:...`. */
  is: string;
  /** When it was resolved, ISO 8601. */
  since: string;
  /** What it was before the last upgrade: the way back. */
  before?: string | undefined;
}

export interface Resolved {
  /** By `owner/name@branch`. */
  commits: Readonly<Record<string, Resolution>>;
  /** By the image's name with its tag. */
  digests: Readonly<Record<string, Resolution>>;
}

export const nothingResolved: Resolved = { commits: {}, digests: {} };

/** What resolves names and keeps what came of it; src/resolved/ in life. */
export interface Resolutions {
  /** As it is kept now, by whichever process. Rejects where it cannot be read, with what to do. */
  read(): Promise<Resolved>;
  /** Keeps a commit, or a digest, for a name that has none yet. */
  keep(kind: keyof Resolved, name: string, is: string): Promise<void>;
  /** Asks the hub for the commit of each branch that has none yet, and keeps it. What cannot be asked stays open. */
  resolveCommits(branches: readonly string[], signal: AbortSignal): Promise<void>;
}

/** The branch that is meant where nobody names one. */
export const usualBranch = "main";

export function branchName(repo: string, branch: string = usualBranch): string {
  return `${repo}@${branch}`;
}

/** A commit says of itself what it is; a branch and a tag do not. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** In a container's command: the commit of that repository's usual branch, filled in before a start. */
export function commitPlaceholder(repo: string): string {
  return `{commit:${repo}}`;
}

/** At the end of a volume's name: the image's digest, so that each image that a tag comes to mean has a volume of its own. */
export const digestPlaceholder = "{digest}";

const placeholder = /\{commit:([\w.-]+\/[\w.-]+)\}/g;

/** The branches whose commits a container's command leaves open. */
export function openBranches({ command }: Pick<ContainerRuntime, "command">): string[] {
  const found = command.flatMap((word) => [...word.matchAll(placeholder)].map(([, repo]) => branchName(repo!)));
  return [...new Set(found)];
}

/** With commits and digest as they are kept. What is not resolved yet stays with its branch or tag. */
export function pinned(runtime: ContainerRuntime, resolved: Resolved): ContainerRuntime {
  const commitOf = (_: string, repo: string) => resolved.commits[branchName(repo)]?.is ?? usualBranch;
  const digest = keptDigest(runtime.image, resolved);
  const suffix = digest === undefined ? "" : `-${digest.slice("sha256:".length).slice(0, 8)}`;
  return {
    ...runtime,
    image: pinnedImage(runtime.image, resolved),
    command: runtime.command.map((word) => word.replace(placeholder, commitOf)),
    mounts: runtime.mounts.map((mount) => ({ ...mount, source: mount.source.replace(digestPlaceholder, suffix) })),
  };
}

/** `name:tag@sha256:...` where its digest is kept. */
export function pinnedImage(image: string, resolved: Resolved): string {
  const digest = keptDigest(image, resolved);
  return digest === undefined ? image : `${image}@${digest}`;
}

function keptDigest(image: string, { digests }: Resolved): string | undefined {
  return Object.hasOwn(digests, image) ? digests[image]!.is : undefined;
}

/** Whether a name of an image can come to mean another image. */
export function isMovable(image: string): boolean {
  return !image.includes("@");
}

/**
 * The digest under which a registry knows an image that is here, from its `RepoDigests`; null where it came from
 * no registry, or from another one.
 */
export function digestOf(image: string, repoDigests: readonly string[]): string | null {
  const wanted = familiar(repositoryOf(image));
  for (const known of repoDigests) {
    const [repository, digest] = known.split("@");
    if (digest !== undefined && familiar(repository!) === wanted) return digest;
  }
  return null;
}

/** Without tag and digest; a colon before the last slash is a port. */
function repositoryOf(image: string): string {
  const name = image.split("@")[0]!;
  const colon = name.lastIndexOf(":");
  return colon > name.lastIndexOf("/") ? name.slice(0, colon) : name;
}

/** As Docker shows names of its own registry. */
function familiar(repository: string): string {
  return repository.replace(/^(?:index\.)?docker\.io\//, "").replace(/^library\//, "");
}
