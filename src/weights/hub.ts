/** The Hugging Face hub, or the mirror that HF_ENDPOINT names. A private repository needs HF_TOKEN. */
import { HUB_URL, modelInfo } from "@huggingface/hub";
import { isCommit } from "../domain/resolved.ts";
import { type HttpClient, httpClient } from "./http-client.ts";
import { explain } from "./network-failure.ts";
import { usualPatience } from "./patience.ts";
import { SourceFailure, SourceOutOfReach } from "./source.ts";

/** What the hub's library wants to be told at each call. Throws where the user forbids to ask it. */
export function hubAccess(env: NodeJS.ProcessEnv, client: HttpClient) {
  if (env.HF_HUB_OFFLINE === "1") throw new SourceOutOfReach("HF_HUB_OFFLINE=1 forbids asking it");
  const accessToken = env.HF_TOKEN;
  return {
    hubUrl: env.HF_ENDPOINT?.replace(/\/+$/, "") || HUB_URL,
    // Same interface; only the types of undici's package and of Node's own copy differ.
    fetch: client.fetch as unknown as typeof fetch,
    ...(accessToken ? { accessToken } : {}),
  };
}

/** The commit that a branch or tag of a repository is at now. Throws a SourceFailure or a network error. */
export async function hubCommit(
  repo: string,
  revision: string,
  env: NodeJS.ProcessEnv,
  client: HttpClient,
): Promise<string> {
  const { sha } = await modelInfo({ ...hubAccess(env, client), name: repo, revision, additionalFields: ["sha"] });
  if (typeof sha === "string" && isCommit(sha)) return sha;
  throw new SourceFailure(`it does not say which commit ${revision} is at`);
}

/** The same with connections of its own, and every failure as a sentence for people. */
export function hubAsker(env: NodeJS.ProcessEnv) {
  return async (repo: string, revision: string, signal: AbortSignal): Promise<string> => {
    const client = httpClient(usualPatience, env, signal);
    try {
      return await hubCommit(repo, revision, env, client);
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`hub ${repo} (${revision}): ${explain(error)}`, { cause: error });
    } finally {
      await client.close();
    }
  };
}
