/** Options and keys that come from environment variables. */
import { nearestName } from "../domain/nearest.ts";
import { type Option, optionsOf } from "./options.ts";
import { hashSecret } from "./secret-hash.ts";
import type { KeyConfig } from "./types.ts";

export type Environment = Record<string, string | undefined>;

/** Variables that are no option of the file, for the docs and for "did you mean". */
export const otherVariables: Record<string, string> = {
  HEARTH_WAKER: "Where `hearth gateway` finds its waker. Default: `http://127.0.0.1:8010`.",
  HEARTH_LINK: "Where `hearth waker` listens for gateways. Default: `127.0.0.1:8010`.",
  HEARTH_LINK_TOKEN: "Secret that gateway and waker share, at least 16 characters.",
  HEARTH_LINK_TOKEN_FILE: "A file with that secret, where HEARTH_LINK_TOKEN is not set.",
  HEARTH_ENGINE_NETWORK: "Docker network on which engines are reached by name, where Hearth is a container itself.",
  HEARTH_PAGE_CACHE: "Socket of the helper that drops the page cache before a start. Default: there is none.",
  HEARTH_CONFIG: "Path of the configuration file. `--config` wins over it.",
  HEARTH_API_KEY:
    "Secret of an admin key that always works; the commands use it towards a server that they did not start.",
  VLLM_API_KEY: "The same, where HEARTH_API_KEY is not set.",
  HEARTH_URL:
    "Server that `hearth ps`, `hearth run` and the other commands speak to. Default: the one on this machine.",
};

/** Options that are set in the environment, by path. An empty variable counts as not set. */
export function environmentOverrides(env: Environment): { path: string[]; variable: string; value: unknown }[] {
  return optionsOf().flatMap((option) => {
    const text = option.env === null ? undefined : env[option.env];
    return text ? [{ path: option.path, variable: option.env!, value: typed(text, option.form) }] : [];
  });
}

/** HEARTH_ variables that nobody reads, with the name that was probably meant. */
export function unknownVariables(env: Environment): { name: string; nearest: string | null }[] {
  const known = [...optionsOf().flatMap(({ env: name }) => name ?? []), ...Object.keys(otherVariables)];
  return Object.keys(env)
    .filter((name) => name.startsWith("HEARTH_") && env[name] && !known.includes(name))
    .sort()
    .map((name) => ({ name, nearest: nearestName(name, known) }));
}

/** The first key, from HEARTH_API_KEY or VLLM_API_KEY: it may do everything. */
export function environmentKey(env: Environment): KeyConfig | null {
  const secret = env.HEARTH_API_KEY || env.VLLM_API_KEY;
  if (!secret) return null;
  return { name: "environment", hash: hashSecret(secret), models: ["*"], priority: "interactive", role: "admin" };
}

/** What does not look like the form stays text: the schema then says what was expected. */
function typed(text: string, form: Option["form"]): unknown {
  if (form === "list") return text.split(",").flatMap((part) => part.trim() || []);
  if (form === "number" && Number.isFinite(Number(text))) return Number(text);
  if (form === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text === "0" ? 0 : text;
}
