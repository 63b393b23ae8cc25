/** What command lines say of a key. */
import { parseDuration } from "../config/duration.ts";
import { roles } from "../config/schema/key.ts";
import { checked } from "../control/input.ts";
import { newKey } from "../control/schema/key.ts";
import { limitNames } from "../domain/limits/key-limits.ts";
import type { KeySettings } from "../store/keys.ts";
import { type Call, CliError } from "./command.ts";

type Options = Call["options"];

/** Those that a key may be made with, and changed by. */
export const keyOptions: [flags: string, description: string][] = [
  ["--capabilities <names>", "what it may use models for, with commas: chat,tools,vision; else for everything"],
  ["--requests-per-minute <count>", "at most so many requests within a minute"],
  ["--tokens-per-minute <count>", "at most so many tokens of prompts and answers within a minute"],
  ["--tokens-per-day <count>", "the same within a day"],
  ["--tokens-per-month <count>", "the same within a month"],
  ["--concurrent <count>", "at most so many requests at once"],
  ["--hours <hours>", "when it may be used: 'Mon-Fri 7:30-18:00, Sat 9:00-12:00'"],
  ["--expires <when>", "its last day (2026-12-31), a time, or how long it lasts (30d)"],
  ["--show-waiting <how>", "comment, or thinking: for clients that show nothing else of a wait"],
  ["--note <text>", "for you"],
];

/** Set by the name of the option; `none` takes away what was set before. Throws a Problem or a CliError. */
export function withOptions(before: KeySettings, options: Options): KeySettings {
  const given = (name: string) => (options[name] === undefined ? undefined : String(options[name]));
  const wanted: Record<string, unknown> = { ...before };
  for (const name of ["hours", "showWaiting", "note"]) set(wanted, name, given(name), (text) => text);
  set(wanted, "capabilities", given("capabilities"), listed);
  set(wanted, "expires", given("expires"), expiry);
  const limits: Record<string, unknown> = { ...before.limits };
  for (const name of limitNames) set(limits, name, given(name), Number);
  if (Object.keys(limits).length === 0) delete wanted.limits;
  else wanted.limits = limits;
  if (options.models !== undefined) wanted.models = patterns(String(options.models));
  if (options.priority !== undefined) wanted.priority = priority(String(options.priority));
  if (options.role !== undefined || options.admin === true) {
    wanted.role = role(options.admin === true ? "admin" : String(options.role));
  }
  return checked(newKey, wanted, "body");
}

function set(into: Record<string, unknown>, name: string, text: string | undefined, read: (text: string) => unknown) {
  if (text === "none") delete into[name];
  else if (text !== undefined) into[name] = read(text);
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

/** A duration counts from now. */
function expiry(text: string): string {
  const seconds = parseDuration(text);
  return seconds === null || seconds === 0 ? text : new Date(Date.now() + seconds * 1000).toISOString();
}

function patterns(text: string): string[] {
  const models = listed(text);
  if (models.length === 0) throw new CliError("--models needs at least one id or pattern; leave it out for all.", 2);
  return models;
}

function priority(text: string): KeySettings["priority"] {
  if (text === "interactive" || text === "batch") return text;
  throw new CliError(`--priority is interactive or batch, not "${text}".`, 2);
}

function role(text: string): KeySettings["role"] {
  const known = roles.find((one) => one === text);
  if (known === undefined) throw new CliError(`--role is ${roles.join(", ")}, not "${text}".`, 2);
  return known;
}
