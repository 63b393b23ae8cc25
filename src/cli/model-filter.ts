/** `--can`, `--max-memory` and `--status` of `hearth models`. */
import { parseSize } from "../config/size.ts";
import { type Capability, capabilities, modelStatuses } from "../domain/model.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { CliError } from "./command.ts";
import type { ListedModel } from "./model-list.ts";

export const filterOptions: [flags: string, description: string][] = [
  ["--can <capabilities>", "only what can do all of these, with commas: tools, vision, reasoning, ..."],
  ["--max-memory <size>", "only what takes no more than this: 60GiB"],
  ["--status <statuses>", `only these, with commas: ${modelStatuses.join(", ")}`],
];

/** What the options ask for. Throws a CliError for a word that is none. */
export function modelFilter(options: Record<string, string | boolean | undefined>): (model: ListedModel) => boolean {
  const can = words("--can", options.can, capabilities);
  const status = words("--status", options.status, modelStatuses);
  const limit = options.maxMemory === undefined ? Infinity : memoryGiB("--max-memory", String(options.maxMemory));
  return (model) =>
    can.every((capability) => model.capabilities.some((own) => own === capability)) &&
    (status.length === 0 || status.includes(model.status)) &&
    model.memoryGiB <= limit;
}

/** A size on the command line. Throws a CliError where it is none. */
export function memoryGiB(flag: string, text: string): number {
  const bytes = parseSize(text);
  if (bytes === null) throw new CliError(`${flag} takes a size such as 60GiB, not "${text}".`, 2);
  return bytes / bytesPerGiB;
}

/** Capabilities on the command line, with commas. Throws a CliError for a word that is none. */
export function neededCapabilities(flag: string, value: string | boolean | undefined): Capability[] {
  const given = words(flag, value, capabilities);
  return capabilities.filter((capability) => given.includes(capability));
}

function words(flag: string, value: string | boolean | undefined, known: readonly string[]): string[] {
  if (value === undefined) return [];
  const given = String(value)
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  const wrong = given.find((word) => !known.includes(word));
  if (wrong !== undefined) throw new CliError(`${flag} does not know "${wrong}"; there are ${known.join(", ")}.`, 2);
  return given;
}
