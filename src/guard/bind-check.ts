import { realpath } from "node:fs/promises";
import type { CreateBody } from "./create-body.ts";
import type { Policy } from "./policy.ts";
import { Refusal } from "./refusal.ts";

/**
 * Docker follows symbolic links on the host. A path that is listed itself is the operator's word; below it somebody
 * may have laid a link to anywhere, so the guard must see the path, and see no link in it. Who may write there and is
 * quick enough can still lay one between this look and Docker's: list what only root and the host write.
 */
export async function checkBinds({ HostConfig }: CreateBody, { binds }: Policy): Promise<void> {
  for (const [index, { Type, Source }] of HostConfig.Mounts.entries()) {
    if (Type !== "bind" || binds.includes(Source)) continue;
    const field = `HostConfig.Mounts[${index}].Source`;
    const real = await realpath(Source).catch(() => null);
    if (real === null)
      throw new Refusal(`${field}: the guard cannot see ${Source}; mount its folder into the guard too.`);
    if (real !== Source) throw new Refusal(`${field}: ${Source} leads through a symbolic link.`);
  }
}
