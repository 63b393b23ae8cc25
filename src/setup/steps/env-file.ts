import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type EnvLine, parseEnvFile, withLines } from "../../config/env-file.ts";
import { type Plan, type SetupContext, type Step, skip, there, todo } from "../step.ts";

const privateMode = 0o600;

export const envFile: Step = {
  name: "keys",
  plan(context) {
    const { layout, manifest } = context;
    const path = layout.envFile;
    const text = textOf(path);
    const present = parseEnvFile(text ?? "");
    const plans: Plan[] = [];
    const missing = wantedLines(context, plans).filter(({ name }) => !isThere(name, present));
    const names = missing.map(({ name }) => name).join(", ");
    if (missing.length > 0) {
      plans.unshift(
        todo(`write ${names} to ${path}`, () => {
          writeFileSync(path, withLines(text ?? "", missing), { mode: privateMode });
          chmodSync(path, privateMode);
          if (text === null) manifest.add({ kind: "keys", path });
          return `wrote ${names} to ${path}, for its owner alone`;
        }),
      );
      return plans;
    }
    const mode = statSync(path).mode & 0o777;
    if ((mode & 0o077) === 0) return [there(`${path} has its keys; they stay as they are`), ...plans];
    const close = todo(`close ${path} to other users (its mode is ${mode.toString(8)})`, () => {
      chmodSync(path, privateMode);
      return `closed ${path} to other users`;
    });
    return [close, ...plans];
  },
};

/** VLLM_API_KEY is the older name of the same. */
function isThere(name: string, present: Record<string, string>): boolean {
  return present[name] !== undefined || (name === "HEARTH_API_KEY" && present.VLLM_API_KEY !== undefined);
}

function wantedLines({ layout, env }: SetupContext, plans: Plan[]): EnvLine[] {
  const key: EnvLine = {
    name: "HEARTH_API_KEY",
    value: `sk-hearth-${secret()}`,
    comment: "Everybody who has this may use every model and the console. For others: hearth keys create <name>.",
  };
  if (layout.kind === "home") return [key];
  const link: EnvLine = {
    name: "HEARTH_LINK_TOKEN",
    value: secret(),
    comment: "Between the gateway and the waker.",
  };
  const socket = socketOf(env);
  const group = statSync(socket, { throwIfNoEntry: false })?.gid ?? null;
  if (group === null) {
    plans.push(skip("DOCKER_GID: there is no Docker socket here. Put its group into .env where there is one."));
    return [key, link];
  }
  const comment = `The group that owns Docker's socket: stat -c %g ${socket}`;
  const gid: EnvLine = { name: "DOCKER_GID", value: String(group), comment };
  if (socket === usualSocket) return [key, link, gid];
  return [key, link, gid, { name: "DOCKER_SOCKET", value: socket, comment: "Docker's socket on this machine." }];
}

const usualSocket = "/var/run/docker.sock";

function secret(): string {
  return randomBytes(24).toString("base64url");
}

function socketOf(env: NodeJS.ProcessEnv): string {
  return env.DOCKER_SOCKET || /^unix:\/\/(.+)$/.exec(env.DOCKER_HOST ?? "")?.[1] || usualSocket;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
