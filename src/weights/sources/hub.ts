/** A file of a repository on the hub. A branch is read at the commit that it was at when it was first fetched here. */
import { fileDownloadInfo, HubApiError } from "@huggingface/hub";
import type { WeightsSource } from "../../domain/model.ts";
import { branchName, isCommit } from "../../domain/resolved.ts";
import { openHttpFile } from "../http-file.ts";
import { hubAccess, hubCommit } from "../hub.ts";
import { cachedByHub } from "../hub-cache.ts";
import { type Offer, type SourceContext, SourceFailure, SourceOutOfReach } from "../source.ts";

type HubSource = Extract<WeightsSource, { kind: "hub" }>;

export async function openHub(source: HubSource, context: SourceContext): Promise<Offer> {
  const { env, client, bytes, isRight, resolutions } = context;
  const name = branchName(source.repo, source.revision);
  const kept = isCommit(source.revision) ? undefined : (await resolutions?.read())?.commits[name]?.is;
  const known = kept ?? source.revision;
  const cached = await cachedByHub({ ...source, revision: known }, bytes, env);
  if (cached !== null && (await isRight(cached))) return { kind: "local", path: cached };

  const access = hubAccess(env, client);
  const commit = isCommit(known) || resolutions === undefined ? null : await presentCommit(source, context);
  const revision = commit ?? known;
  const asked = fileDownloadInfo({ ...access, repo: source.repo, path: source.file, revision });
  const info = await asked.catch((error: unknown) => {
    if (kept !== undefined && error instanceof HubApiError && error.statusCode === 404) return null;
    throw refused(error) ? new SourceOutOfReach(wantsLogin(error.statusCode, source.repo, access.accessToken)) : error;
  });
  if (info === null) throw new SourceFailure(kept === undefined ? "it has no such file" : gone(kept));
  if (info.size !== bytes) throw new SourceFailure(`it has ${info.size} bytes there, ${bytes} are expected`);

  const { accessToken } = access;
  const headers: Record<string, string> = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const remote = await openHttpFile(client, info.url, headers);
  const offer = { kind: "remote", remote, from: 0, to: remote.size, packing: "stored" } as const;
  const keep = commit === null ? {} : { whenRight: () => resolutions!.keep("commits", name, commit) };
  return { ...offer, identity: `hub ${info.etag}`, ...keep };
}

/** Null where it cannot be had: some mirrors serve files and know nothing of commits. */
async function presentCommit({ repo, revision }: HubSource, { env, client, signal }: SourceContext) {
  try {
    return await hubCommit(repo, revision, env, client);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function gone(commit: string): string {
  return `it has no such file at ${commit}, which this machine has kept to; \`hearth upgrade\` takes what is there now`;
}

function refused(error: unknown): error is HubApiError {
  return error instanceof HubApiError && (error.statusCode === 401 || error.statusCode === 403);
}

/** The hub answers so where terms are to be accepted, and where it has no such repository. */
function wantsLogin(status: number, repo: string, token: string | undefined): string {
  const next = token
    ? "HF_TOKEN is set, but its account may not read it: log in there with that account and accept the terms"
    : "log in there, accept the terms, make a token at https://huggingface.co/settings/tokens and set HF_TOKEN to it";
  return `it answered ${status}, so it wants a login, or has no such repository. See https://huggingface.co/${repo}: ${next}`;
}
