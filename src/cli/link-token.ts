import { readFileSync } from "node:fs";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";

const shortest = 16;

/** The secret that gateway and waker share: HEARTH_LINK_TOKEN, or the file that HEARTH_LINK_TOKEN_FILE names. */
export function linkToken({ env }: Io): string {
  const token = (env.HEARTH_LINK_TOKEN || fromFile(env.HEARTH_LINK_TOKEN_FILE)).trim();
  if (token.length >= shortest && !/\s/.test(token)) return token;
  throw new CliError(
    `Gateway and waker need a shared secret of at least ${shortest} characters in HEARTH_LINK_TOKEN, or in a file that ` +
      "HEARTH_LINK_TOKEN_FILE names. Make one: openssl rand -hex 32",
  );
}

function fromFile(path: string | undefined): string {
  if (!path) return "";
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CliError(`HEARTH_LINK_TOKEN_FILE cannot be read: ${(error as Error).message}`);
  }
}
