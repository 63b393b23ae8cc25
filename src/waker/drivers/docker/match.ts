/** Whether a container that somebody else made (by hand, by compose) is the engine that we would make. */
import type { ContainerCreateOptions, ContainerInspectInfo } from "dockerode";
import { containerLabels } from "../../../domain/container-labels.ts";
import { keyVariables } from "../../../domain/placeholders.ts";

/** The first difference in words; null = it can serve. `imageId`: what the model's image is called here now. */
export function mismatch(
  info: ContainerInspectInfo,
  wanted: ContainerCreateOptions,
  specHash: string,
  imageId: string | null,
): string | null {
  const theirs = info.Config.Labels[containerLabels.specHash];
  if (theirs !== undefined)
    return theirs === specHash ? null : "it was made from another version of the model's settings";
  if (info.Config.Image !== wanted.Image && info.Image !== imageId) return `its image is ${info.Config.Image}`;
  if (!same(info.Config.Cmd ?? [], wanted.Cmd ?? [])) return `its command is ${(info.Config.Cmd ?? []).join(" ")}`;
  const entrypoint = listOf(wanted.Entrypoint);
  if (entrypoint.length > 0 && !same(listOf(info.Config.Entrypoint), entrypoint)) return "its entry point is another";
  // Its key may be its own: it is read from it.
  const missing = (wanted.Env ?? []).filter((entry) => !isKey(entry) && !info.Config.Env.includes(entry));
  if (missing.length > 0) return `it lacks the variable ${missing.map((entry) => entry.split("=")[0]).join(", ")}`;
  const gpus = (wanted.HostConfig?.DeviceRequests ?? []).length > 0;
  if (gpus && (info.HostConfig.DeviceRequests ?? []).length === 0) return "it has no GPU";
  return null;
}

function isKey(entry: string): boolean {
  return keyVariables.some((name) => entry.startsWith(`${name}=`));
}

function listOf(value: string | string[] | null | undefined): string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
