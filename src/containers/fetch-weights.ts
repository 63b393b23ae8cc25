/** A repository of the hub, brought to where a model's containers look for it. */
import type { ContainerRuntime, HubRepository } from "../domain/container-runtime.ts";
import { OutsideProblem } from "../domain/outside.ts";
import { runInVolume, ScriptFailure } from "./volume-script.ts";

export interface FetchOptions {
  /** For repositories that want a login. */
  token: string | null;
  /** Bytes per second at most; null = as fast as it goes. */
  limit?: number | null;
  signal: AbortSignal;
  /** `totalBytes` is 0 where the hub cannot be asked and everything is here. */
  onProgress(doneBytes: number, totalBytes: number): void;
  host?: string | undefined;
}

/**
 * Resolves when everything is there; what an earlier run has left is gone on with. Rejects with an OutsideProblem
 * where network, login or disk are to blame, with a ScriptFailure or DaemonFailure otherwise, or the signal's reason.
 */
export async function fetchIntoVolume(
  runtime: ContainerRuntime,
  { repo, revision }: Pick<HubRepository, "repo" | "revision">,
  { token, limit = null, signal, onProgress, host }: FetchOptions,
): Promise<void> {
  const script = {
    name: `fetch ${repo}`,
    file: "fetch_weights.py",
    args: [repo, revision ?? "", String(Math.round(limit ?? 0))],
    ...(token === null ? {} : { env: { HF_TOKEN: token } }),
  };
  const hear = (line: string) => {
    const [, done, total] = /^bytes (\d+) (\d+)$/.exec(line) ?? [];
    if (total !== undefined) onProgress(Number(done), Number(total));
  };
  try {
    await runInVolume(runtime, script, { signal, hear, host });
  } catch (error) {
    throw error instanceof ScriptFailure ? explained(error, repo, token) : error;
  }
}

const refused = /gated|401|403|unauthorized|restricted|RepositoryNotFound/i;
const diskFull = /no space left|disk quota|not enough free disk/i;
const noNetwork =
  /ConnectionError|ConnectError|Max retries|resolve|timed? ?out|LocalEntryNotFound|OfflineMode|HF_HUB_OFFLINE|\b5\d\d (Server|Internal|Bad|Service|Gateway)|429 |ProtocolError|IncompleteRead|RemoteProtocolError|Network is unreachable/i;

/** The reason and what to do next; whose fault it is besides. */
function explained({ said }: ScriptFailure, repo: string, token: string | null): Error {
  const failure = (what: string) => new OutsideProblem("model_unavailable", `${repo} could not be fetched: ${what}`);
  if (refused.test(said)) {
    const who =
      token === null
        ? "log in there, accept the terms, make a token at https://huggingface.co/settings/tokens and set HF_TOKEN to it"
        : "HF_TOKEN is set, but its account may not read it: log in there with that account and accept the terms";
    return failure(
      `the hub wants a login, or there is no such repository. See https://huggingface.co/${repo}: ${who}.`,
    );
  }
  const last = said.split("\n").at(-1) ?? "";
  if (diskFull.test(said)) return failure(`the disk is full. \`hearth list --unused\` shows what may go. (${last})`);
  if (noNetwork.test(said))
    return failure(`the hub cannot be reached. Ask again: it goes on where it stopped. (${last})`);
  return new ScriptFailure("the download", `${repo} could not be fetched. Its last lines:\n${said}`);
}
