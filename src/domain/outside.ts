/** Errors that have nothing to do with the model that was to start: network, disk, driver, daemon, memory. */
import { Problem } from "./problem.ts";

/** A problem of the machine's. It is said at once, held against no model, and gone when its cause is. */
export class OutsideProblem extends Problem {
  readonly outside = true;
}

/** No space, or none for this user. */
const diskCodes = new Set<unknown>(["ENOSPC", "EDQUOT"]);

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && diskCodes.has(error.code);
}

/** Whoever makes an error knows: it carries `outside: true`. */
export function isOutside(error: unknown): boolean {
  return isDiskFull(error) || (error instanceof Error && "outside" in error && error.outside === true);
}
